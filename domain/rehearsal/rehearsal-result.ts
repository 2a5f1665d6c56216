import type { CheckAnswer, TableSeen } from '#domain/recovery/recovered-data.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'

/** The report of a rehearsal. */
export interface RehearsalResult {
  kind: 'rehearsal'
  /** False where the backups did not yield what was asked for; `fault` says what. */
  isGood: boolean
  fault: string | null
  node: string
  set: string
  repository: number
  targetWords: string
  attempt: RecoveryAttempt | null
  check: CheckAnswer | null
  tables: TableSeen[]
  /** What amcheck found; null = it was not asked. */
  pages: { relations: number; faults: string[]; problem: string | null } | null
  /** The dump, for whoever may fetch it; null = none was made. `node` keeps it until it is let go. */
  extract: { node: string; name: string; bytes: number; sha256: string } | null
  phases: { name: string; ms: number }[]
  /** How long a real recovery of this size would take until the data can be used: fetching and replaying, ms. */
  recoveryMs: number | null
  restoredBytes: number | null
}
