/** A WAL position from Postgres's notation, e.g. `0/B000180`; null where the text is none. Exact up to 2^53 bytes. */
export function parseLsn(text: string): number | null {
  const match = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/.exec(text.trim())
  if (!match) return null
  return Number.parseInt(match[1] ?? '', 16) * 2 ** 32 + Number.parseInt(match[2] ?? '', 16)
}
