import { clean } from '../clean-text.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'
import { readCsv } from './csv.ts'

/** A line of HAProxy's statistics by the names of its columns: what a version puts elsewhere, adds or lacks does not matter. */
export interface StatisticsRow {
  proxy: string
  /** FRONTEND, BACKEND, or the name of a server or listener. */
  name: string
  isListener: boolean
  text(column: string): string
  /** Zero where the column is empty. */
  count(column: string): number
  /** Null where the column is empty or below zero. */
  countOrNull(column: string): number | null
}

/** The lines of the statistics; throws LookError where it is another page. */
export function readStatistics(csv: string, target: Target): StatisticsRow[] {
  if (!csv.startsWith('# pxname,svname,')) throw notAsExpected(target, 'this is no HAProxy statistics page')
  return readCsv(csv.slice(2))
    .map(statisticsRow)
    .filter(({ proxy }) => proxy !== '')
}

/** Whether a server of this status takes new connections, as `UP 1/3` that is about to go down still does. */
export function isUpStatus(status: string): boolean {
  return /^(?:UP|no check)/.test(status)
}

/** The result of a check without the star that marks one under way. */
export function checkResult(status: string): string {
  return status.replace(/^\* /, '')
}

function statisticsRow(row: Map<string, string>): StatisticsRow {
  const text = (column: string) => clean(row.get(column) ?? '').slice(0, 400)
  const countOrNull = (column: string) => {
    const value = row.get(column) ?? ''
    return /^\d{1,15}$/.test(value) ? Number(value) : null
  }
  return {
    proxy: text('pxname'),
    name: text('svname'),
    isListener: row.get('type') === '3',
    text,
    count: (column) => countOrNull(column) ?? 0,
    countOrNull,
  }
}
