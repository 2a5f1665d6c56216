import { decisionFault } from '#domain/approvals/decision-fault.ts'
import type { ApprovalRow, ApprovalView } from '#domain/approvals/view.ts'
import type { EventKind } from '#domain/event.ts'
import { isAllowed } from '#domain/people/permission.ts'
import { actorOf, type Caller } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'
import { type JudgedRequest, readRequest } from '#server/operations/approvals/read-request.ts'
import { clusterScopes } from '#server/store/cluster-scope.ts'
import { listEvents } from '#server/store/events.ts'
import type { Store } from '#server/store/open.ts'
import { proposedOperations } from '#server/store/operations.ts'
import { needOperation } from '../pages/operations.ts'
import type { ClusterIds } from '../readable.ts'

/** What waits for approval on these clusters, or is approved and not run yet; the oldest first. */
export async function listApprovals(store: Store, caller: Caller, clusterIds: ClusterIds): Promise<ApprovalRow[]> {
  const rows: ApprovalRow[] = []
  const now = new Date()
  const places = new Map((await clusterScopes(store.pool)).map((cluster) => [cluster.id, cluster]))
  for (const operation of await proposedOperations(store.pool, clusterIds)) {
    const request = await readRequest(store.pool, operation, now)
    if (request === null) continue
    const { id, kind, clusterName, requestedBy, requestedAt, reason, plan } = operation
    const isMine = requestedBy.id === caller.id
    const where = places.get(operation.clusterId)
    const mayApprove = where !== undefined && isAllowed(caller.grants, 'operations.approve', where)
    const isForMe = mayApprove && faultFor(request, caller) === null
    rows.push({
      id,
      kind,
      clusterName,
      requestedBy,
      requestedAt,
      reason,
      plan,
      standing: request.standing,
      isMine,
      isForMe,
    })
  }
  return rows
}

/** One request with all that its approver has to know; throws AppError `not-found` where there is none. */
export async function getApproval(store: Store, caller: Caller, id: string): Promise<ApprovalView> {
  const operation = await needOperation(store, id)
  const request = await readRequest(store.pool, operation, new Date())
  if (request === null) throw new AppError('not-found', 'This operation needed no approval.')
  const events = await listEvents(store, {
    clusterId: operation.clusterId,
    after: 0,
    since: operation.requestedAt,
    ...(operation.endedAt === null ? {} : { until: operation.endedAt }),
    limit: 100,
  })
  return {
    operation,
    standing: request.standing,
    need: request.need ?? operation.approval?.need ?? null,
    bound: request.asked.bound,
    cluster: request.cluster,
    since: events.filter(({ operationId, kind }) => operationId !== id && tellsOfCluster(kind)).slice(0, 50),
    fault: faultFor(request, caller),
    isMine: operation.requestedBy.id === caller.id,
    serverNow: new Date(),
  }
}

/** What other people ask for, and what alerts say of what changed, is not a change of the cluster. */
function tellsOfCluster(kind: EventKind): boolean {
  return !/^(approval|alert)-/.test(kind)
}

function faultFor({ asked, need, standing }: JudgedRequest, caller: Caller): string | null {
  return decisionFault(asked, need, standing, { ...actorOf(caller), id: caller.id, decision: 'approve' })
}
