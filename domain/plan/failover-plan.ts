import type { Candidate } from '#domain/judgement/candidate.ts'
import type { PlanCore } from './plan-core.ts'

/**
 * What a failover to a named member would do and what it was made for. `leader` is empty where nobody holds the lead; `timeline`
 * is then the last one known.
 */
export interface FailoverPlan extends PlanCore {
  kind: 'failover'
  /** Null = nobody is named yet. */
  candidate: string | null
  /** Who led last; null where never seen. */
  formerLeader: string | null
  /** When it was last seen to take writes. */
  writesSeenAt: Date | null
  candidates: Candidate[]
  /** What will be lost as far as is known; null where nobody is named. */
  loss: FailoverLoss | null
}

export interface FailoverLoss {
  /** At least so much; null where it cannot be said. */
  bytes: number | null
  /** Nothing at all is lost. */
  isNothing: boolean
  sentence: string
}
