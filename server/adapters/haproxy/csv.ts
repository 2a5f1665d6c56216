/** Rows of a CSV text with a header line, each by column name; quotes are doubled within quoted fields. */
export function readCsv(text: string): Map<string, string>[] {
  const [header, ...rows] = splitRows(text)
  if (header === undefined) return []
  return rows
    .filter((row) => row.length > 1)
    .map((row) => new Map(row.map((field, index): [string, string] => [header[index] ?? '', field])))
}

function splitRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /("(?:[^"]|"")*"|[^,\n\r"]*)(,|\r?\n|$)/y
  while (field.lastIndex < text.length) {
    const match = field.exec(text)
    // A stray quote: the rest cannot be told apart.
    if (match === null) break
    const [, raw = '', end] = match
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push(row)
  return rows
}
