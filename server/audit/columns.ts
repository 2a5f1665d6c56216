import type { AuditRecord } from '#domain/fleet/view.ts'

/** A row of the audit chain as selected by `auditColumns`. */
export interface AuditRow {
  seq: number
  at: Date
  actor_id: string | null
  actor_name: string
  actor_kind: AuditRecord['actor']['kind']
  action: string
  target: string
  cluster_id: string | null
  cluster_name: string | null
  reason: string | null
  outcome: AuditRecord['outcome']
  operation_id: string | null
  detail: unknown
  previous_hash: string
  hash: string
}

export const auditColumns =
  'seq, at, actor_id, actor_name, actor_kind, action, target, cluster_id, cluster_name, reason, outcome, operation_id, detail, previous_hash, hash'

/** A record as shown. */
export function toAuditRecord(row: AuditRow): AuditRecord {
  return {
    seq: row.seq,
    at: row.at,
    actor: { id: row.actor_id, name: row.actor_name, kind: row.actor_kind },
    action: row.action,
    target: row.target,
    clusterId: row.cluster_id,
    clusterName: row.cluster_name,
    reason: row.reason,
    outcome: row.outcome,
    operationId: row.operation_id,
    detail: row.detail,
    hash: row.hash,
    previousHash: row.previous_hash,
  }
}
