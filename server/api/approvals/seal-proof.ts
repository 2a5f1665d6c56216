import type { Proof } from '#server/operations/approvals/check-proof.ts'
import { readSealingKey } from '#server/store/keys.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { sealForWorkers } from '#server/store/seal.ts'
import type { ProofAnswer } from '../inputs/proof.ts'

/** What a code is sealed as. */
export const proofContext = 'proof'

/** The answer as it goes to the workers: a code is sealed for them, so that no other reader of the store can use it. */
export async function sealProof(on: Queryable, answer: ProofAnswer): Promise<Proof> {
  if (answer.kind === 'passkey') return answer
  const sealed = sealForWorkers(await readSealingKey(on), answer.code, proofContext)
  return { kind: 'totp', sealed: sealed.toString('base64') }
}
