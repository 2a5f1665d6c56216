import { z } from 'zod'
import { type Need } from '#domain/approvals/policy.ts'
import type { ApprovalPolicy, PolicyDraft } from '#domain/approvals/policy.ts'
import type { OperationKind } from '#domain/operation/operation.ts'
import type { ProofAnswer } from '#domain/people/proof.ts'
import { fromJson } from '#domain/json.ts'
import { policyText, type PolicyWish } from '#domain/approvals/policy-text.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { neededNow } from '#server/operations/approvals/needed.ts'
import { listPolicies } from '#server/store/approvals/policies.ts'
import { ask } from '#server/store/inquiries.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { personOf, proofWithinMs } from './decide.ts'

/** What an operation of a kind would need on a cluster; null = no approval. */
export async function approvalNeeded(
  store: Store,
  { cluster: name, kind }: { cluster: string; kind: OperationKind },
): Promise<Need | null> {
  return neededNow(store.pool, await needCluster(store, name), kind)
}

interface Proven {
  as?: string | undefined
  proof: ProofAnswer
}

/** Has a worker add or change a policy, for who proves to be an administrator. */
export async function setPolicy(
  ctx: CommandContext,
  { id, draft, ...proven }: { id: string | null; draft: PolicyDraft } & Proven,
): Promise<ApprovalPolicy> {
  ctx.act.on({ target: draft.name, cluster: null, reason: null, detail: { id, draft } })
  return fromJson<ApprovalPolicy>(await pass(ctx, { kind: 'set', id, draft }, proven))
}

/** Has a worker take a policy away, the same way. */
export async function removePolicy(
  ctx: CommandContext,
  { id, ...proven }: { id: string } & Proven,
): Promise<{ id: string }> {
  const known = (await listPolicies(ctx.services.store.pool)).find((policy) => policy.id === id)
  ctx.act.on({ target: known?.name ?? id, cluster: null, reason: null, detail: { before: known ?? null } })
  await pass(ctx, { kind: 'remove', id }, proven)
  return { id }
}

async function pass(
  { act, caller, services: { store } }: CommandContext,
  change: PolicyWish,
  { as, proof }: Proven,
): Promise<unknown> {
  const userId = await personOf(store, caller, as)
  const proven = { userId, purpose: 'policy', subject: policyText(change) }
  const input = { ...change, userId, proof: await sealProof(store.pool, proven, proof) }
  return act.leaveTo(() => ask(store, { kind: 'policy', input, sealed: null, askedBy: caller.name }, proofWithinMs))
}

export const emailOfPerson = z.string().max(320).optional()
