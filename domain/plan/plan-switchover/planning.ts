import type { Candidate } from '#domain/judgement/candidate.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'

/** What the parts of a plan are made from. */
export interface Planning {
  snapshot: Snapshot
  wish: SwitchoverWish
  candidates: Candidate[]
  leader: string | null
}

/** A backup under way: which leader it began on, and by whose wish. */
export interface RunningBackup {
  leader: string
  requestedBy: string
  requestedAt: Date
}

/** What a person asks for. */
export interface SwitchoverWish {
  kind: SwitchoverPlan['kind']
  candidate: string | null
  scheduledAt: Date | null
  /** The backup that an operation of this console is taking now, where there is one. */
  backup?: RunningBackup | null
  now: Date
}
