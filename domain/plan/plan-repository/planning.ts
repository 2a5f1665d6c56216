import type { AgentSight } from '../backup-plan.ts'
import type { BackupView } from '../../backup/backup-view.ts'
import type { RepositoryWish } from '../repository-plan.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'

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
