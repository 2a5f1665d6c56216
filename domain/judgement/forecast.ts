import type { Candidate } from './candidate.ts'

/** What would happen if the leader died now. */
export interface Forecast {
  /** The member that would lead; null = nobody could, or it cannot be said. */
  nextLeader: string | null
  /** `nobody`: writes stop until the leader returns. `unsure`: too little is seen to say. */
  outcome: 'takeover' | 'nobody' | 'unsure' | 'no-leader-now' | 'paused'
  /** Upper estimate of acknowledged bytes lost; null where unknown. 0 in synchronous mode. */
  lostBytes: number | null
  /** Expected length of the write outage, from ttl and what was last seen. */
  outageSeconds: { from: number; to: number } | null
  /** e.g. "pg-node-1 would lead in about 30 s, with 0 bytes lost." */
  sentence: string
  candidates: Candidate[]
  allowedLagBytes: number | null
  quorum: { up: number; of: number } | null
}
