/** Reads psql's CSV, quotes, line breaks in cells and all. A last row that was cut off is kept as far as it goes. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (let at = 0; at < text.length;) {
    const { cell, end } = cellAt(text, at)
    row.push(cell)
    if (text[end] !== ',') {
      rows.push(row)
      row = []
    } else if (end + 1 === text.length) row.push('')
    at = end + 1
  }
  return row.length === 0 ? rows : [...rows, row]
}

/** The cell that begins at a place, and where the sign after it is. */
function cellAt(text: string, begin: number): { cell: string; end: number } {
  if (text[begin] !== '"') {
    const end = nextOf(text, begin)
    return { cell: text.slice(begin, end), end }
  }
  let cell = ''
  for (let at = begin + 1; ;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { cell: cell + text.slice(at), end: text.length }
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}

function nextOf(text: string, from: number): number {
  let end = from
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++
  return end
}
