import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { CommitsProgress } from './wal-commits.ts'

/** How many transactions were committed after a target, as the WAL that a recovery to it gives up tells. */
export interface CommitsLost {
  /** Null = the place where they begin was not met. */
  commits: number | null
  /** True where there may be more: then `problems` says why. */
  isAtLeast: boolean
  /** When the last of those that were counted was committed; null = none was. */
  lastAt: Date | null
  /** What was not counted, in sentences. */
  problems: string[]
  /** How many WAL segments were read. */
  segments: number
  countedAt: Date
  node: string
  repository: number
}

/** How such a count stands. */
export type CommitsLostLook =
  | { state: 'reading'; since: Date; progress: CommitsProgress | null }
  | { state: 'done'; lost: CommitsLost }

/** What the web tier asks a worker for. */
export interface CommitsLostQuestion {
  clusterId: string
  target: RecoveryTarget
  /** Null = the repository of the backup that serves best. */
  repository: number | null
}

/** As many segments as are read for it: that takes a node some seconds, or a minute where the archive is far. */
export const mostSegmentsCounted = 64

/** So little WAL is read without anybody asking for it. */
const soonCountedBytes = 268_435_456

/** True where the WAL since the target is known to be so little that it is soon counted. */
export function isSoonCounted({
  walBytes,
  walAtMostBytes,
}: {
  walBytes: number | null
  walAtMostBytes?: number | null
}): boolean {
  const bytes = walBytes ?? walAtMostBytes ?? null
  return bytes !== null && bytes <= soonCountedBytes
}
