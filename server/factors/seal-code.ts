import { sealContext, type Proof, type ProofAnswer, type Proven } from '#domain/people/proof.ts'
import { readSealingKey } from '#server/store/keys.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { sealForWorkers } from '#server/store/seal.ts'

/** Web side: what a person gave at the page as it goes to a worker: a code is sealed for this act and this person alone. */
export async function sealProof(on: Queryable, proven: Proven, answer: ProofAnswer): Promise<Proof> {
  if (answer.kind === 'passkey') return answer
  const sealed = sealForWorkers(await readSealingKey(on), answer.code, sealContext(proven))
  return { kind: 'totp', sealed: sealed.toString('base64') }
}
