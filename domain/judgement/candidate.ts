/** A member judged as the next leader: for a failover now, or as the target of a switchover. */
export interface Candidate {
  name: string
  isFit: boolean
  /** Position among the fit, 1 = first; null where unfit. */
  rank: number | null
  lagBytes: number | null
  /** Why it is unfit, or why it has its rank, in words. */
  reason: string
  code: CandidateCode
}

export type CandidateCode =
  | 'fit'
  | 'is-leader'
  | 'unreachable'
  | 'missing'
  | 'not-running'
  | 'nofailover'
  | 'watchdog-failed'
  | 'lag-too-high'
  | 'lag-unknown'
  | 'timeline-behind'
  | 'not-synchronous'
  | 'few-votes'
  | 'not-streaming'
  | 'former-ahead'
  | 'other-cluster'
