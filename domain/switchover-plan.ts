import type { Candidate } from './candidate.ts'

/** What a switchover would do and what it was made for; refused when leader, timeline or system identifier have changed. */
export interface SwitchoverPlan {
  version: 1
  kind: 'switchover' | 'schedule-switchover' | 'cancel-scheduled-switchover'
  clusterId: string
  clusterName: string
  leader: string
  /** Null = Patroni chooses among the fit. */
  candidate: string | null
  /** When it is to run; of a cancellation, which schedule is meant. */
  scheduledAt: Date | null
  timeline: number | null
  systemIdentifier: string | null
  snapshotVersion: number
  madeAt: Date
  candidates: Candidate[]
  /** What will happen, in sentences, in order. */
  sentences: string[]
  /** Expected length of the write interruption and what makes it up. */
  interruption: { fromMs: number; toMs: number; reasons: string[] }
  /** Stands in the way: the switchover is refused while any is here. */
  blockers: string[]
  /** Worth knowing, but not in the way: long transactions, a backup running on the leader. */
  warnings: string[]
  pointOfNoReturn: string
}
