import type { Candidate } from '#domain/judgement/candidate.ts'
import type { PlanCore } from './plan-core.ts'

/** What a switchover would do and what it was made for; refused when leader, timeline or system identifier have changed. */
export interface SwitchoverPlan extends PlanCore {
  kind: 'switchover' | 'schedule-switchover' | 'cancel-scheduled-switchover'
  /** Null = Patroni chooses among the fit. */
  candidate: string | null
  /** When it is to run; of a cancellation, which schedule is meant. */
  scheduledAt: Date | null
  candidates: Candidate[]
  /** Expected length of the write interruption and what makes it up. */
  interruption: { fromMs: number; toMs: number; reasons: string[] }
}
