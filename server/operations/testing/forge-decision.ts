import type { Operation } from '#domain/operation/operation.ts'
import type { WayKind } from '#domain/operation/question.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { recordAudit } from '#server/audit/record.ts'
import { inTransaction, type Store } from '#server/store/open.ts'

/** Puts a decision into the store past the web tier's own look at it, in the name of somebody who may decide. */
export async function forgeDecision(
  store: Store,
  by: AuditRecord['actor'],
  { id, question }: Operation,
  { way, target }: { way: WayKind; target: unknown },
): Promise<void> {
  const step = question?.step ?? 0
  await inTransaction(store, async (tx) => {
    await recordAudit(tx, {
      actor: by,
      action: 'operations.decide',
      target: 'forged',
      cluster: null,
      reason: 'forged',
      outcome: 'requested',
      operationId: id,
      detail: { step },
    })
    await tx.query(
      `insert into operation_decision (operation_id, n, way, target, reason, decided_by) values ($1, $2, $3, $4, 'forged', $5)`,
      [id, step, way, target === null ? null : JSON.stringify(target), by.name],
    )
  })
}
