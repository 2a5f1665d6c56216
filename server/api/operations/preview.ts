import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import { runningBackupOf } from '#domain/backup/running-backup.ts'
import { AppError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'
import { activeOperation } from '#server/store/operations.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { needCluster } from '../clusters/need.ts'

/** What the switchover would do as of the newest snapshot; throws AppError `refused` before the first. */
export async function previewSwitchover(
  store: Store,
  {
    cluster: name,
    ...asked
  }: {
    cluster: string
    kind: SwitchoverPlan['kind']
    candidate: string | null
    scheduledAt: Date | null
  },
): Promise<SwitchoverPlan> {
  const cluster = await needCluster(store, name)
  const snapshot = await latestSnapshot(store, cluster.id)
  if (!snapshot) throw new AppError('refused', `The console has not looked at ${cluster.name} yet. Wait a few seconds.`)
  const backup = runningBackupOf(await activeOperation(store, cluster.id, 'backup'))
  return planSwitchover(snapshot, { ...asked, backup, now: new Date() })
}
