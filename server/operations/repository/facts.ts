import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import type { RepositoryResult } from '#domain/backup/repository-result.ts'

/** What the steps of a chore on a repository have found out so far, beside the labels that were listed before. */
export interface RepositoryFacts {
  /** What right before the expiry would have gone. */
  wouldGo?: ExpiryPreview
  chore?: RepositoryResult
}
