import type pg from 'pg'
import type { Proof, Proven } from '#domain/people/proof.ts'

/** What a proof is checked for: the person, and the text of what is done, to which it is bound. */
export interface ProofToCheck extends Proven {
  proof: Proof
  /** Only a factor counts for which somebody has vouched. */
  needsVouched: boolean
}

/** Checks a proof in the transaction of the act, so that what can be used once is used up with it. */
export type CheckProof = (
  tx: pg.PoolClient,
  check: ProofToCheck,
) => Promise<{ ok: true; factorId: string } | { ok: false; sentence: string }>
