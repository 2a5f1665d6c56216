import type pg from 'pg'
import type { ClusterEvent } from '#domain/event.ts'
import type { KeptRun } from '#domain/backup/due-runs.ts'
import { tellEvents } from '#server/store/tell-events.ts'
import { notify } from '#server/store/notify.ts'
import { keepRun, type StoredSchedule } from '#server/store/schedules.ts'

/** Keeps how runs came about and tells of those that wait or were missed; what stood already is not told again. */
export async function tellRuns(
  tx: pg.PoolClient,
  { clusterId, clusterName }: Pick<StoredSchedule, 'clusterId' | 'clusterName'>,
  runs: readonly Omit<KeptRun, 'changedAt'>[],
  sentenceOf: (fresh: readonly Omit<KeptRun, 'changedAt'>[]) => string | null,
): Promise<void> {
  const fresh: Omit<KeptRun, 'changedAt'>[] = []
  for (const run of runs) if (await keepRun(tx, clusterId, run)) fresh.push(run)
  if (fresh.length === 0) return
  await notify(tx, { kind: 'backups', clusterId })
  const sentence = sentenceOf(fresh)
  const [first] = fresh
  if (sentence === null || first === undefined) return
  const event: ClusterEvent = {
    kind: first.state === 'missed' ? 'run-missed' : 'run-waiting',
    at: new Date(),
    member: null,
    severity: first.state === 'missed' ? 'warning' : 'info',
    sentence,
    from: null,
    to: first.state,
    sources: ['console'],
  }
  await tellEvents(tx, { clusterId, clusterName }, [event])
}
