import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { RepositoryWish } from '#domain/plan/repository-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** What a chore on a repository is planned from. */
export interface RepositoryPlanning {
  snapshot: Snapshot
  view: BackupView | null
  wish: RepositoryWish
  now: Date
  /** Empty = there is none. */
  node: string
  agent: AgentSight | null
  stanza: string
}
