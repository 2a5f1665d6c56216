import type { QueryAnswer } from '#agent/protocol/results.ts'
import { readCsv } from './read-csv.ts'

export interface Limits {
  /** What stands for null. */
  mark: string
  mostRows: number
  /** Whether the text itself was cut off. */
  isCut: boolean
}

const mostCharacters = 1_000
/** Of all cells together: an answer must fit into one message, each character being up to six bytes of it. */
const mostInAll = 100_000

/** Makes columns and rows of psql's CSV: at most so many rows, and of each cell its beginning. */
export function readAnswer(
  csv: string,
  { mark, mostRows, isCut }: Limits,
): Pick<QueryAnswer, 'columns' | 'rows' | 'isCut'> {
  const [columns = [], ...all] = readCsv(csv)
  const whole = isCut ? all.slice(0, -1) : all
  // Half a character at the end of a cell is none that a store would take.
  const rows: (string | null)[][] = []
  let isShort = isCut || whole.length > mostRows
  let left = mostInAll - columns.join('').length
  for (const row of whole.slice(0, mostRows)) {
    const cells = row.map((cell) =>
      cell === mark ? null : cell.slice(0, mostCharacters).replace(/[\ud800-\udbff]$/, ''),
    )
    left -= cells.reduce((sum, cell) => sum + (cell?.length ?? 0) + 3, 0)
    if (left < 0) return { columns, rows, isCut: true }
    isShort ||= row.some((cell) => cell.length > mostCharacters)
    rows.push(cells)
  }
  return { columns, rows, isCut: isShort }
}
