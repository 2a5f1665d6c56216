import type { ExpiryPreview } from './expiry-preview.ts'

/** One of pgBackRest's own chores on a repository, as an operation. */
export interface RepositoryPlan {
  version: 1
  kind: RepositoryChore
  clusterId: string
  clusterName: string
  leader: string
  timeline: number | null
  systemIdentifier: string | null
  node: string
  nodeReason: string
  stanza: string
  repository: number
  /** For `repository-expire`: the backup to expire with all that builds on it; null = what retention no longer keeps. */
  set: string | null
  /** For `repository-expire`: what whoever asked was shown would go; null = nothing yet. More than this never goes. */
  preview: ExpiryPreview | null
  snapshotVersion: number
  madeAt: Date
  sentences: string[]
  blockers: string[]
  warnings: string[]
  pointOfNoReturn: string
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
