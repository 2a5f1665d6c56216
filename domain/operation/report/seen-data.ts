import { formatBytes, formatDuration } from '#domain/format.ts'
import type { CheckAnswer, TableSeen } from '#domain/recovery/recovered-data.ts'
import { count } from '#domain/words.ts'
import { plainText, table, verbatim } from './markdown.ts'

/** What a check query answered, with the query itself. */
export function checkLines(check: CheckAnswer | null): string[] {
  if (check === null) return ['No check query was given.', '']
  const { query, problem, rows, columns, isCut, ms } = check
  const asked = ['The check query', '', ...verbatim(query)]
  if (problem !== null) return [...asked, `was not answered: ${plainText(problem)}`, '']
  const cut = isCut ? ', cut there' : ''
  return [
    ...asked,
    `was answered in ${formatDuration(ms)} with ${count(rows.length, 'row')}${cut}.`,
    '',
    ...table(
      columns,
      rows.map((row) => row.map((cell) => cell ?? 'null')),
    ),
  ]
}

/** The greatest tables. */
export function tableLines(tables: readonly TableSeen[]): string[] {
  if (tables.length === 0) return ['No tables were seen.', '']
  const shown = tables.toSorted((a, b) => b.bytes - a.bytes).slice(0, shownAtMost)
  const left = tables.length - shown.length
  return [
    ...table(
      ['Database', 'Table', 'Size', 'Rows'],
      shown.map((each) => [each.database, `${each.schema}.${each.name}`, formatBytes(each.bytes), rowsOf(each)]),
    ),
    ...(left === 0 ? [] : [`${count(left, 'smaller table')} ${left === 1 ? 'is' : 'are'} left out here.`, '']),
  ]
}

const shownAtMost = 20

function rowsOf({ rows, isCounted }: TableSeen): string {
  if (rows === null) return 'not counted'
  return isCounted ? String(rows) : `about ${rows}`
}
