import type { AgentSight, BackupWish } from '#domain/plan/backup-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** What the parts of a backup's plan are made from. */
export interface BackupPlanning {
  snapshot: Snapshot
  wish: BackupWish
  now: Date
  /** Empty where there is none to run on. */
  node: string
  agent: AgentSight | null
  stanza: string
}
