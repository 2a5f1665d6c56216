import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { PastRestore } from '#domain/plan/restore-plan.ts'
import { runningBackupOf } from '#domain/backup/running-backup.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { AppError } from '#server/errors.ts'
import { readBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { activeOperation } from '#server/store/operations.ts'
import { pastRestores } from '#server/store/past-restores.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { needCluster } from '../clusters/need.ts'
import { agentSights } from '#server/store/agent-sights.ts'

/** What a plan of a recovery or a rehearsal looks at. */
export interface RecoveryCase {
  cluster: ClusterConfig
  snapshot: Snapshot
  agents: AgentSight[]
  backups: BackupView | null
  /** Restores of before, newest first: how long they took tells how long the next will. */
  past: PastRestore[]
  runningBackup: ReturnType<typeof runningBackupOf>
}

/** What is known of a cluster whose recovery is to be planned; throws AppError `not-found`, and `refused` before the first look at it. */
export async function recoveryCaseOf(store: Store, name: string): Promise<RecoveryCase> {
  const cluster = await needCluster(store, name)
  const [snapshot, agents, { view }, past, backup] = await Promise.all([
    latestSnapshot(store, cluster.id),
    agentSights(store, cluster.id),
    readBackups(store, cluster.id),
    pastRestores(store, cluster.id),
    activeOperation(store, cluster.id, 'backup'),
  ])
  if (!snapshot) throw new AppError('refused', `The console has not looked at ${cluster.name} yet. Wait a few seconds.`)
  return { cluster, snapshot, agents, backups: view, past, runningBackup: runningBackupOf(backup) }
}
