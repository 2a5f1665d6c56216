import type pg from 'pg'
import { needSentence } from '#domain/approvals/policy.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { reasonWithin } from '#domain/reason.ts'
import { tellEvents } from '#server/store/tell-events.ts'

/** Tells once that somebody waits for approval: the web tier, which kept the request, writes no events. */
export async function tellAsked(tx: pg.PoolClient, operation: Operation): Promise<void> {
  const { id, clusterId, clusterName, requestedBy, kind, reason, approval } = operation
  const told = await tx.query(`select 1 from event where operation_id = $1 and kind = 'approval-asked' limit 1`, [id])
  if (told.rows.length > 0 || approval === null) return
  const sentence = `${requestedBy.name} asks for approval of ${verbOf(kind)} on ${clusterName}: "${reasonWithin(reason)}". ${needSentence(approval.need)}`
  await tellEvents(
    tx,
    { clusterId, clusterName },
    [
      {
        kind: 'approval-asked',
        at: new Date(),
        member: null,
        severity: 'info',
        sentence,
        from: null,
        to: null,
        sources: ['console'],
      },
    ],
    id,
  )
}
