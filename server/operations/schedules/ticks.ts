import { DBOS } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import type { OperationSurroundings } from '../engine/surroundings.ts'
import { earlierClock } from './earlier-clock.ts'
import { settleSchedules } from './settle-all.ts'

/** At each full minute; a schedule names no smaller time. */
export const everyMinute = '* * * * *'

const name = 'schedules'

/**
 * Has DBOS look each minute at what is due: of all workers that live one does, and where it dies another goes on with it. To be called before DBOS is
 * launched; the returned function after.
 */
export function registerTicks(surroundings: OperationSurroundings, cron: string): () => Promise<void> {
  const tick = DBOS.registerWorkflow(
    async (at: Date) => {
      await DBOS.runStep(() => look(surroundings, at), { name: 'settle' })
    },
    { name },
  )
  return () => DBOS.applySchedules([{ scheduleName: name, workflowFn: tick, schedule: cron, cronTimezone: 'UTC' }])
}

async function look({ store, log, now, debugPoint }: OperationSurroundings, at: Date): Promise<void> {
  debugPoint('schedules:before')
  await settleSchedules({ store, log, now: await earlierClock(store, now()), debugPoint })
  // Looks are 1,440 a day, and nobody asks for those of yesterday.
  if (at.getUTCMinutes() === 0) await forgetTicks(store)
}

async function forgetTicks(store: OperationSurroundings['store']): Promise<void> {
  const { rows } = await store.pool.query<{ id: string }>(
    `select workflow_uuid as id from dbos.workflow_status
      where name = $1 and status in ('SUCCESS', 'ERROR') and created_at < $2 limit 10000`,
    [name, Date.now() - 86_400_000],
  )
  if (rows.length > 0) await DBOSExecutor.globalInstance?.systemDatabase.deleteWorkflows(rows.map(({ id }) => id))
}
