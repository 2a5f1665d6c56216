import { csvCell } from '#domain/csv-cell.ts'
import { isBreakGlass } from './is-break-glass.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'

/** First line of the audit log as a table for spreadsheets. */
export const auditCsvHead = 'seq,time,who,kind,act,target,cluster,outcome,reason,operation,break_glass,detail,hash\r\n'

/** A record as a line of that table; no cell can be taken for a formula. */
export function auditCsvLine(record: AuditRecord): string {
  const { seq, at, actor, action, target, clusterName, outcome, reason, operationId, detail, hash } = record
  const cells = [
    String(seq),
    at.toISOString(),
    actor.name,
    actor.kind,
    action,
    target,
    clusterName ?? '',
    outcome,
    reason ?? '',
    operationId ?? '',
    isBreakGlass(detail) ? 'yes' : '',
    detail === null ? '' : JSON.stringify(detail),
    hash,
  ]
  return `${cells.map(csvCell).join(',')}\r\n`
}
