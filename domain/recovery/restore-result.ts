import type { CheckAnswer, TableSeen } from './recovered-data.ts'

/** Proof of a recovery: what was wanted, where it really stopped, and what was seen of the data. Kept with the operation. */
export interface RestoreResult {
  kind: 'restore'
  /** `committed`: the cluster runs on the recovered data. `abandoned`: the old cluster is back. `standing`: neither, as the outcome says. */
  ended: 'committed' | 'abandoned' | 'standing'
  node: string
  targetWords: string
  set: string
  repository: number
  targetTimeline: number
  /** Every recovery of this operation, the last one being the one that counts. */
  attempts: RecoveryAttempt[]
  timelineBefore: number | null
  timelineAfter: number | null
  systemIdentifier: string | null
  /** Each member with its timeline and whether it streamed, as seen at the end. */
  members: { name: string; role: string; timeline: number | null; isStreaming: boolean }[]
  /** Data kept on nodes for the way back, until it is let go. */
  keptAside: { node: string; name: string }[]
  /** Label of the full backup taken on the new timeline; null = none yet. */
  newBackup: string | null
  /** First WAL of the new timeline seen in the archive; null = not seen. */
  archivedWal: string | null
  /** How long each phase took, in order. */
  phases: { name: string; ms: number }[]
  /** From the fence to the first writable leader, ms; null = never reached. */
  writableAfterMs: number | null
}

/** Where one recovery stopped, in Postgres' own words, and what the data answered there. */
export interface RecoveryAttempt {
  targetWords: string
  /** E.g. `before commit`; null where Postgres' log did not tell. */
  stoppedHow: string | null
  xid: string | null
  /** Commit time of that transaction, as Postgres' log tells it. */
  time: string | null
  /** The last transaction that is in the data, as the log tells it. */
  lastCompletedAt: string | null
  replayedLsn: string | null
  check: CheckAnswer | null
  tables: TableSeen[]
  /** False where Postgres went on without stopping at the target. */
  isOnTarget: boolean
}
