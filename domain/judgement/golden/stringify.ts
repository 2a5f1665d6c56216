/** JSON as this project's formatter would leave it: two spaces, lists of plain values on one line. */
export function stringify(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(/\[\n\s+((?:"[^"\n]*"|[\d.]+)(?:,\n\s+(?:"[^"\n]*"|[\d.]+))*)\n\s+\]/g, (_, items: string) => `[${items.replace(/,\n\s+/g, ', ')}]`)}\n`
}
