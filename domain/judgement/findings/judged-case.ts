import type { Finding } from '#domain/judgement/finding.ts'
import type { Forecast } from '#domain/judgement/forecast.ts'
import type { LeaderState } from '#domain/judgement/leader-state.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/** What every finder is given: the snapshot, the moment, and what was already worked out of both. */
export interface JudgedCase {
  snapshot: Snapshot
  now: Date
  leader: LeaderState
  forecast: Forecast
  /** Members that take writes at the same time; empty when all is well. */
  writers: MemberSnapshot[]
}

export type Finder = (given: JudgedCase) => Finding[]
