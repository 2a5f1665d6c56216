import type { ExpiryPreview } from './expiry-preview.ts'
import type { RepositoryChore } from '#domain/plan/repository-plan.ts'

/** What a chore on a repository found or did. */
export interface RepositoryResult {
  kind: RepositoryChore
  node: string
  repository: number
  /** False where something is wrong, whatever the exit code said. */
  isSound: boolean
  /** One sentence each. */
  findings: string[]
  expired: ExpiryPreview | null
  /** How many files were looked at; null where it counts none. */
  checkedFiles: number | null
}
