import { vouchSubject, type ProofAnswer } from '#domain/people/proof.ts'
import { AppError } from '#server/errors.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { findFactor } from '#server/store/factors/factors.ts'
import type { CommandContext } from '../trpc.ts'
import { needPerson } from '../users/person.ts'
import { askWorker } from './ask-worker.ts'

/** Vouches for somebody's factor by a proof of one's own, which a worker checks. */
export async function vouchForFactor(
  ctx: CommandContext,
  { id, answer }: { id: string; answer: ProofAnswer },
): Promise<{ id: string }> {
  const { act, caller, services } = ctx
  const person = needPerson(caller)
  const factor = await findFactor(services.store.pool, id)
  if (!factor) throw new AppError('not-found', 'This factor was removed meanwhile.')
  act.on({ target: factor.email, cluster: null, reason: null, detail: { factor: id, name: factor.name } })
  const proven = { userId: person.id, purpose: 'vouch', subject: vouchSubject(factor) }
  const proof = await sealProof(services.store.pool, proven, answer)
  await askWorker(ctx, { verb: 'vouch', userId: person.id, factorId: id, proof })
  return { id }
}
