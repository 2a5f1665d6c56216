import type { Candidate } from '../candidate.ts'
import type { Snapshot } from '../snapshot.ts'
import type { SwitchoverPlan } from '../switchover-plan.ts'

/** What the parts of a plan are made from. */
export interface Planning {
  snapshot: Snapshot
  wish: SwitchoverWish
  candidates: Candidate[]
  leader: string | null
}

/** What a person asks for. */
export interface SwitchoverWish {
  kind: SwitchoverPlan['kind']
  candidate: string | null
  scheduledAt: Date | null
  now: Date
}
