import type { Standing } from '#domain/approvals/binding.ts'
import { type Asked, type GivenDecision, judgeRequest, type RequestStanding } from '#domain/approvals/judge-request.ts'
import type { Need } from '#domain/approvals/policy.ts'
import { fromJson } from '#domain/json.ts'
import type { ClusterScope } from '#domain/people/grant.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { lastTimelineOf } from '#domain/snapshot/last-timeline.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { registrationOf } from '#server/store/cluster-removal.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { findActor, whyForbidden } from '../request/actor.ts'
import { definitionOf } from '../catalogue.ts'
import { planHash } from '../engine/plan-hash.ts'
import { neededNow } from './needed.ts'
import { whyProofVoid } from './why-proof-void.ts'

/** A request with all that the rules look at, as of now. */
export interface JudgedRequest {
  asked: Asked
  /** By the policies as they stand; null = none governs it any more. */
  need: Need | null
  standing: RequestStanding
  /** Null where the console does not see the cluster. */
  cluster: Standing | null
}

/** Reads and judges a request for approval; null where the operation needed none. */
export async function readRequest(on: Queryable, operation: Operation, now: Date): Promise<JudgedRequest | null> {
  if (operation.approval === null) return null
  const { plan, clusterId, clusterName, requestedBy, approval } = operation
  const where = await clusterScopeOf(on, clusterId)
  const [need, cluster, decisions, madeBy, actor, kept] = [
    await neededNow(on, where, operation.kind),
    await standingOf(on, clusterId),
    await decisionsOf(on, operation, where),
    await makerOf(on, requestedBy.id),
    await findActor({ pool: on }, requestedBy),
    await keptOf(on, operation.id),
  ]
  const permission = definitionOf(operation)?.permission
  const problem = permission
    ? whyForbidden(actor, permission, where)
    : 'This version of the console does not know the operation.'
  const edited = await editedSince(on, operation)
  const asked: Asked = {
    clusterName,
    requester: { ...requestedBy, madeBy },
    requesterProblem: kept.isRegistered ? (problem ?? edited) : `${clusterName} is not registered any more.`,
    askedAt: operation.requestedAt,
    neededThen: approval.need,
    bound: {
      planHash: operation.planHash,
      leader: plan.leader,
      timeline: plan.timeline,
      systemIdentifier: plan.systemIdentifier,
    },
    isPlanEdited: planHash(plan) !== operation.planHash || plan.kind !== operation.kind,
    decisions,
    withdrawnBy: kept.withdrawnBy,
  }
  return { asked, need, cluster, standing: judgeRequest(asked, need, cluster, now) }
}

/** A removal is of the cluster as it was registered. */
async function editedSince(on: Queryable, { plan, clusterId, clusterName }: Operation): Promise<string | null> {
  if (plan.kind !== 'remove-cluster') return null
  const isSame = (await registrationOf(on, clusterId)) === plan.registration
  return isSame ? null : `${clusterName} was edited after its removal was asked for.`
}

async function standingOf(on: Queryable, clusterId: string): Promise<Standing | null> {
  const { rows } = await on.query<{ body: unknown }>('select body from latest_snapshot where cluster_id = $1', [
    clusterId,
  ])
  if (!rows[0]) return null
  const snapshot = fromJson<Snapshot>(rows[0].body)
  return {
    leader: snapshot.leader?.name ?? null,
    timeline: lastTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
  }
}

async function decisionsOf(
  on: Queryable,
  { id: operationId, requestedBy }: Operation,
  where: ClusterScope,
): Promise<GivenDecision[]> {
  const { rows } = await on.query<DecisionRow>(
    'select * from approval where operation_id = $1 order by at, approver_id',
    [operationId],
  )
  const found: GivenDecision[] = []
  for (const row of rows) {
    const approver = { id: row.approver_id, name: row.approver_name }
    const problem =
      whyForbidden(await findActor({ pool: on }, approver), 'operations.approve', where) ??
      (await whyProofVoid(on, { factorId: row.factor_id, requesterId: requestedBy.id }))
    found.push({
      approver,
      decision: row.decision,
      reason: row.reason,
      at: row.at,
      bound: {
        planHash: row.plan_hash,
        leader: row.leader,
        timeline: row.timeline,
        systemIdentifier: row.system_identifier,
      },
      problem: row.decision === 'reject' ? null : problem,
    })
  }
  return found
}

interface DecisionRow {
  approver_id: string
  approver_name: string
  decision: 'approve' | 'reject'
  reason: string
  factor_id: string
  plan_hash: string
  leader: string
  timeline: number | null
  system_identifier: string | null
  at: Date
}

/** Who made the token that asked; null where a person asked. */
async function makerOf(on: Queryable, actorId: string): Promise<string | null> {
  const { rows } = await on.query<{ name: string }>(
    `select coalesce(u.email, t.created_by) as name
       from api_token t left join app_user u on u.id = t.owner_id where t.id::text = $1`,
    [actorId],
  )
  return rows[0]?.name ?? null
}

async function keptOf(
  on: Queryable,
  operationId: string,
): Promise<{ withdrawnBy: string | null; isRegistered: boolean }> {
  const { rows } = await on.query<{ withdrawnBy: string | null; isRegistered: boolean }>(
    `select o.cancel_asked_by as "withdrawnBy", exists (select from cluster c where c.id = o.cluster_id) as "isRegistered"
       from operation o where o.id = $1`,
    [operationId],
  )
  return rows[0] ?? { withdrawnBy: null, isRegistered: false }
}
