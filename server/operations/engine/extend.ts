import { inTransaction, type Store } from '#server/store/open.ts'
import { notify } from '#server/store/notify.ts'
import type { Run } from './fence.ts'
import { holdOperation } from './journal.ts'
import { untilStored } from './until-stored.ts'

/**
 * Appends steps after step `after`; those that were still to come, and that one where it was not come to, are skipped, and a wish to cancel that led here is taken as heard, while one that
 * came meanwhile stands. Done before, it finds them appended.
 */
export async function extendSteps(
  store: Store,
  run: Run,
  { after, isCancelHeard }: { after: number; isCancelHeard: boolean },
  steps: readonly { name: string; title: string }[],
): Promise<{ n: number; name: string }[]> {
  return untilStored(() =>
    inTransaction(store, async (tx) => {
      await holdOperation(tx, run)
      const { rows } = await tx.query<{ n: number; name: string; appended_after: number | null }>(
        `select n, name, appended_after from operation_step where operation_id = $1 order by n`,
        [run.operationId],
      )
      const before = rows.filter((row) => row.appended_after === after)
      if (before.length > 0) return before.map(({ n, name }) => ({ n, name }))
      await tx.query(
        `update operation_step set state = 'skipped' where operation_id = $1 and n >= $2 and state = 'pending'`,
        [run.operationId, after],
      )
      const first = Math.max(0, ...rows.map(({ n }) => n)) + 1
      for (const [index, { name, title }] of steps.entries()) {
        await tx.query(
          `insert into operation_step (operation_id, n, name, title, state, appended_after)
           values ($1, $2, $3, $4, 'pending', $5)`,
          [run.operationId, first + index, name, title, after],
        )
      }
      if (isCancelHeard) {
        await tx.query('update operation set cancel_asked_by = null where id = $1', [run.operationId])
      }
      await notify(tx, { kind: 'operation', clusterId: run.clusterId, id: run.operationId })
      return steps.map(({ name }, index) => ({ n: first + index, name }))
    }),
  )
}
