import type pg from 'pg'
import type { AuditRecord } from '#domain/fleet/view.ts'

/** An act to be recorded: who did what to what, why, with what outcome. */
export interface AuditEntry {
  actor: AuditRecord['actor']
  action: string
  target: string
  cluster: { id: string; name: string } | null
  reason: string | null
  outcome: AuditRecord['outcome']
  operationId: string | null
  /** Plan, before and after, whatever the act has; never a secret. */
  detail: unknown
}

/** Appends a record to the audit chain in the transaction of the act and returns its number; appends wait for each other until commit. */
export async function recordAudit(tx: Pick<pg.ClientBase, 'query'>, entry: AuditEntry): Promise<number> {
  const { rows } = await tx.query<{ seq: number | string }>(
    'select audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as seq',
    [
      entry.actor.id,
      entry.actor.name,
      entry.actor.kind,
      entry.action,
      entry.target,
      entry.cluster?.id ?? null,
      entry.cluster?.name ?? null,
      entry.reason,
      entry.outcome,
      entry.operationId,
      JSON.stringify(entry.detail ?? null),
    ],
  )
  return Number(rows[0]?.seq)
}
