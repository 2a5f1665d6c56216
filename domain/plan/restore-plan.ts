import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { CommitsLost } from '#domain/wal/commits-lost.ts'
import type { PlanCore } from './plan-core.ts'

/** What a recovery in place would do and what it was made for; refused when leader, timeline or system identifier have changed. */
export interface RestorePlan extends PlanCore {
  kind: 'restore'
  /** Where the backup is restored, and who leads afterwards; empty where there is no such node. */
  node: string
  nodeReason: string
  /** The other members, in the order in which they are stopped and later built anew. */
  replicas: string[]
  stanza: string
  repository: number
  target: RecoveryTarget
  /** The target as a sentence names it: `2026-11-25 14:03:00.000 UTC`, `just before transaction 741`. */
  targetWords: string
  /** Label of the backup, for --set; empty where none serves. */
  set: string
  /** For --target-timeline: always said, because `latest` follows the newest branch, whichever that is. */
  targetTimeline: number
  choiceReason: string
  /** A query whose answer is shown before anything is final; null = only the tables are listed. */
  check: string | null
  /** True = what was recovered is made final without anybody looking at it first. */
  commitsAlone: boolean
  /** When clients are let back in: with the first writable member, or when replicas and a new backup stand. */
  clientsBack: 'writable' | 'end'
  /**
   * What the way back is made of until the new timeline is published. `aside`: the node's own data, set aside whole. `replica`: the data of the
   * replica that is furthest, where the disk does not hold two copies.
   */
  wayBack: 'aside' | 'replica'
  /** What is given up, as far as is known. */
  loss: RestoreLoss
  space: { neededBytes: number | null; freeBytes: number | null }
  /** How long until the data can be looked at, from restores of before; null = none is known. */
  expectedMs: number | null
  /** Nearest moment that can be recovered, where the target cannot be; null = none, or it is no moment. */
  nearestAt: Date | null
}

/** The time and WAL between the target and the end of the data. */
export interface RestoreLoss {
  /** Null where the target is no moment. */
  fromAt: Date | null
  toAt: Date
  /** WAL written since, bytes; null = not known exactly. */
  walBytes: number | null
  /** No more WAL than this was written since, bytes, going by when segments were archived; null or absent = not known either. */
  walAtMostBytes?: number | null
  /** How many transactions were committed since, where that was counted in the minutes before. */
  commits?: CommitsLost
}

/** A restore of before: what was fetched and replayed, and how long that took. */
export interface PastRestore {
  bytes: number
  ms: number
}

/** What a person asks for. */
export interface RestoreWish {
  target: RecoveryTarget
  /** Null = the repository that the choice prefers. */
  repository: number | null
  check: string | null
  commitsAlone: boolean
  clientsBack: 'writable' | 'end'
}
