import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import type { PlanCore } from './plan-core.ts'

/** One of pgBackRest's own chores on a repository, as an operation. */
export interface RepositoryPlan extends PlanCore {
  kind: RepositoryChore
  node: string
  nodeReason: string
  stanza: string
  repository: number
  /** For `repository-expire`: the backup to expire with all that builds on it; null = what retention no longer keeps. */
  set: string | null
  /** For `repository-expire`: what whoever asked was shown would go; null = nothing yet. More than this never goes. */
  preview: ExpiryPreview | null
}

/**
 * `repository-check`: archiving works to and fro. `repository-verify`: every file is read and held against its checksum. `repository-expire`: what is no longer
 * kept goes. `stanza-create`: a repository is set up.
 */
export type RepositoryChore = 'repository-check' | 'repository-verify' | 'repository-expire' | 'stanza-create'

export interface RepositoryWish {
  kind: RepositoryChore
  repository: number
  set: string | null
  /** What was shown would go; absent while it was not asked for. */
  preview?: ExpiryPreview | null
}
