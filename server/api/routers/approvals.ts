import { z } from 'zod'
import type { Need } from '#domain/approvals/policy.ts'
import type { ApprovalRow, ApprovalView } from '#domain/approvals/view.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { type BrokenGlass, newestBreakGlass } from '#server/store/approvals/seen.ts'
import { decideApproval } from '../approvals/decide.ts'
import { getApproval, listApprovals } from '../approvals/list.ts'
import { approvalNeeded, emailOfPerson } from '../approvals/policies.ts'
import { runApproved } from '../approvals/run.ts'
import { needCluster } from '../clusters/need.ts'
import { clusterIn, operationIn } from '../concern.ts'
import { existingName, id, reason } from '../inputs/fields.ts'
import { proofAnswer } from '../inputs/proof.ts'
import { operationKind } from '../rest/shapes/operation-kind.ts'
import { command, query, router } from '../trpc.ts'

/** What stood on the page: a decision is bound to it. */
const seen = z.strictObject({
  planHash: z.string().max(100),
  leader: z.string().max(200),
  timeline: z.int().nullable(),
  systemIdentifier: z.string().max(40).nullable(),
})

const decided = { id, seen, as: emailOfPerson, proof: proofAnswer }

export const approvalsRouter = router({
  list: query({ permission: 'operations.read', concern: 'anywhere' }).query(async ({ ctx }): Promise<ApprovalRow[]> =>
    listApprovals(ctx.services.store, ctx.caller, await ctx.readable()),
  ),

  get: query({ permission: 'operations.read', concern: operationIn() })
    .input(z.strictObject({ id }))
    .query(({ ctx, input }): Promise<ApprovalView> => getApproval(ctx.services.store, ctx.caller, input.id)),

  /** What an act would need on a cluster; null = no approval. */
  needed: query({ permission: 'operations.read', concern: clusterIn() })
    .input(z.strictObject({ cluster: existingName, kind: operationKind }))
    .query(({ ctx, input }): Promise<Need | null> => approvalNeeded(ctx.services.store, input)),

  /** What one person ran alone on a cluster within a day, the newest; null = nothing. */
  brokenGlass: query({ permission: 'operations.read', concern: clusterIn() })
    .input(z.strictObject({ cluster: existingName }))
    .query(async ({ ctx, input }): Promise<BrokenGlass | null> => {
      const { store } = ctx.services
      return newestBreakGlass(store.pool, (await needCluster(store, input.cluster)).id)
    }),

  approve: command({ permission: 'operations.approve', concern: operationIn(), audit: 'approvals.approve' })
    .input(z.strictObject({ ...decided, reason: z.string().trim().max(500).default('') }))
    .mutation(({ ctx, input }): Promise<Operation> => decideApproval(ctx, 'approve', input)),

  reject: command({ permission: 'operations.approve', concern: operationIn(), audit: 'approvals.reject' })
    .input(z.strictObject({ ...decided, reason }))
    .mutation(({ ctx, input }): Promise<Operation> => decideApproval(ctx, 'reject', input)),

  /** For whoever asked, once it has all its approvals. */
  run: command({ permission: 'approvals.run', concern: operationIn(), audit: 'approvals.run' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<Operation> => runApproved(ctx, input.id)),
})
