import type pg from 'pg'

/** What a person gives at the moment of an act: a code, sealed for the workers (base64), or what a passkey signed. */
export type Proof = { kind: 'totp'; sealed: string } | { kind: 'passkey'; assertion: unknown }

/** What a proof is checked for: the person, and the text of what is done, to which it is bound. */
export interface ProofToCheck {
  userId: string
  purpose: string
  subject: string
  proof: Proof
  /** Only a factor counts for which somebody has vouched. */
  needsVouched: boolean
}

/** Checks a proof in the transaction of the act, so that what can be used once is used up with it. */
export type CheckProof = (
  tx: pg.PoolClient,
  check: ProofToCheck,
) => Promise<{ ok: true; factorId: string } | { ok: false; sentence: string }>

/** On a store that keeps no factors nobody can prove anything. */
export const checkNoProof: CheckProof = () =>
  Promise.resolve({
    ok: false,
    sentence: 'This console keeps no second factor of anybody, so nobody can approve. Register one under Settings, Account.',
  })
