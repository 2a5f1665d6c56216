import { type Binding, decisionText } from '#domain/approvals/binding.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { ProofAnswer } from '#domain/people/proof.ts'
import type { Caller } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { ask } from '#server/store/inquiries.ts'
import { findCredentials } from '#server/store/users.ts'
import type { Store } from '#server/store/open.ts'
import { needOperation } from '../pages/operations.ts'
import type { CommandContext } from '../trpc.ts'

export interface DecisionAsked {
  id: string
  reason: string
  seen: Binding
  /** With a token alone: the e-mail address of the person whose proof it is. */
  as?: string | undefined
  proof: ProofAnswer
}

/** Passes a decision on to a worker, which checks it and keeps it with its audit record; throws AppError with its refusal. */
export async function decideApproval(
  { act, caller, services: { store } }: CommandContext,
  decision: 'approve' | 'reject',
  asked: DecisionAsked,
): Promise<Operation> {
  const { id, reason, seen } = asked
  const operation = await needOperation(store, id)
  const cluster = { id: operation.clusterId, name: operation.clusterName }
  const said = reason === '' ? null : reason
  act.on({ target: `${operation.kind} ${id}`, cluster, reason: said, detail: { decision, seen } })
  const userId = await personOf(store, caller, asked.as)
  const proven = { userId, purpose: decision, subject: decisionText(id, decision, seen) }
  const proof = await sealProof(store.pool, proven, asked.proof)
  const input = { operationId: id, userId, decision, reason, seen, proof }
  await act.leaveTo(() => ask(store, { kind: 'approval', input, sealed: null, askedBy: caller.name }, proofWithinMs))
  return needOperation(store, id)
}

/** How long a worker may take to check a proof. */
export const proofWithinMs = 12_000

/** Whose proof it is. A session names its person; a token belongs to nobody, so a person says who they are and the proof has to be theirs. */
export async function personOf(store: Store, caller: Caller, as: string | undefined): Promise<string> {
  if (caller.kind === 'user') return caller.id
  if (as === undefined)
    throw new AppError('refused', 'A token approves nothing: say whose code it is, by their e-mail address.')
  const person = await findCredentials(store, as.trim().toLowerCase())
  // The same words whether or not there is such a person.
  return person?.id ?? '00000000-0000-0000-0000-000000000000'
}
