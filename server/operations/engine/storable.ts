/** Text as Postgres can keep it: without zero bytes and halves of characters, which programs' output may hold where it was cut. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\u{fffd}')
}

/** A value as JSON that Postgres can keep: one that it refused would end an operation half-way. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? storableText(each) : each))
}
