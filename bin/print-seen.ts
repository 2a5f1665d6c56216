import { formatBytes } from '#domain/format.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import { printLines, printTable } from './print.ts'

const mostTables = 15

/** Where a recovery stopped and what the data answered there. */
export function printSeen({
  xid,
  time,
  lastCompletedAt,
  stoppedHow,
  isOnTarget,
  check,
  tables,
}: RecoveryAttempt): void {
  const where = [stoppedHow, xid === null ? null : `transaction ${xid}`, time].filter((part) => part !== null)
  printLines([
    isOnTarget ? `Stopped at the target: ${where.join(', ')}.` : 'It did not stop at the target.',
    ...(lastCompletedAt === null ? [] : [`Last transaction in the data: ${lastCompletedAt}`]),
  ])
  if (check !== null) {
    printLines(['', check.problem ?? check.query])
    if (check.problem === null)
      printTable(
        check.columns,
        check.rows.map((row) => row.map((cell) => cell ?? 'null')),
      )
  }
  if (tables.length === 0) return
  printLines([''])
  printTable(
    ['table', 'size', 'rows'],
    tables
      .slice(0, mostTables)
      .map(({ database, schema, name, bytes, rows, isCounted }) => [
        `${database}.${schema}.${name}`,
        formatBytes(bytes),
        rows === null ? '-' : `${isCounted ? '' : 'about '}${rows}`,
      ]),
  )
}
