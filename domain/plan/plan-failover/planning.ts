import type { Candidate } from '#domain/judgement/candidate.ts'
import type { LeaderState } from '#domain/judgement/leader-state.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** What a person asks for. */
export interface FailoverWish {
  /** Who shall lead; null = not named yet. */
  candidate: string | null
  now: Date
}

/** What the parts of a plan are made from. */
export interface FailoverPlanning {
  snapshot: Snapshot
  wish: FailoverWish
  lead: LeaderState
  /** Who holds the leader key; null = nobody. */
  leader: string | null
  /** Who held it last. */
  formerLeader: string | null
  candidates: Candidate[]
}
