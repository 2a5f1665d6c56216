import type { BackupChoice } from '#domain/recovery/backup-choice.ts'
import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { RunningBackup } from '#domain/plan/plan-switchover/planning.ts'
import type { PastRestore, RestoreWish } from '#domain/plan/restore-plan.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/** What a plan to recover in place is made of. */
export interface RestoreCase {
  snapshot: Snapshot
  agents: readonly AgentSight[]
  /** Null = the cluster's backups were never read. */
  backups: BackupView | null
  past: readonly PastRestore[]
  wish: RestoreWish
  /** The backup that an operation of this console is taking now. */
  runningBackup: RunningBackup | null
  now: Date
}

/** What its parts are made from. */
export interface RestorePlanning extends RestoreCase {
  /** The leader's; empty where nobody leads. */
  node: string
  replicas: MemberSnapshot[]
  /** Null where the backups were not read. */
  choice: BackupChoice | null
  repository: number
  wayBack: 'aside' | 'replica'
  neededBytes: number | null
  freeBytes: number | null
}
