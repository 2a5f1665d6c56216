import type { Need } from '#domain/approvals/policy.ts'
import { fromJson } from '#domain/json.ts'
import type {
  KeptDecision,
  Lane,
  Operation,
  OperationKind,
  OperationResult,
  OperationState,
  OperationStep,
} from '#domain/operation/operation.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { Decision, Question } from '#domain/operation/question.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** The operation with its steps; null when there is none of that id. */
export async function findOperation(store: Store, id: string): Promise<Operation | null> {
  return readOperation(store.pool, id)
}

/** The same within a transaction. */
export async function readOperation(on: Queryable, id: string): Promise<Operation | null> {
  if (!uuid.test(id)) return null
  const { rows } = await on.query<StoredOperation>(`${selectOperation} where o.id = $1`, [id])
  return rows[0] ? operationOf(rows[0]) : null
}

/** The cluster that an operation is on; null when there is none of that id. */
export async function findClusterOfOperation(on: Queryable, id: string): Promise<{ clusterId: string } | null> {
  const { rows } = await on.query<{ clusterId: string }>(
    'select cluster_id as "clusterId" from operation where id = $1',
    [id],
  )
  return rows[0] ?? null
}

/** The operation that holds the cluster's lead, or another lane of it; null when that is free. */
export async function activeOperation(store: Store, clusterId: string, lane: Lane = 'lead'): Promise<Operation | null> {
  return readActiveOperation(store.pool, clusterId, lane)
}

/** Every operation that is under way on the cluster, of whatever lane. */
export async function activeOperations(store: Store, clusterId: string): Promise<Operation[]> {
  return readActiveOperations(store.pool, clusterId)
}

/** The same within a transaction. */
export async function readActiveOperations(on: Queryable, clusterId: string): Promise<Operation[]> {
  const { rows } = await on.query<StoredOperation>(
    `${selectOperation} where o.cluster_id = $1 and o.state in ('planned', 'running', 'waiting') order by o.requested_at`,
    [clusterId],
  )
  return rows.map(operationOf)
}

/** What waits for approval, the oldest first. */
export async function proposedOperations(on: Queryable, clusterIds: readonly string[] | null): Promise<Operation[]> {
  const { rows } = await on.query<StoredOperation>(
    `${selectOperation} where o.state = 'proposed' and ($1::uuid[] is null or o.cluster_id = any($1))
      order by o.requested_at limit 200`,
    [clusterIds],
  )
  return rows.map(operationOf)
}

/** The same within a transaction. */
export async function readActiveOperation(on: Queryable, clusterId: string, lane: Lane): Promise<Operation | null> {
  const { rows } = await on.query<StoredOperation>(
    `${selectOperation} where o.cluster_id = $1 and o.lane = $2 and o.state in ('planned', 'running', 'waiting')`,
    [clusterId, lane],
  )
  return rows[0] ? operationOf(rows[0]) : null
}

/** The operation an actor already asked for under this key; null when the key is new. */
export async function operationOfKey(
  on: Queryable,
  actorId: string,
  idempotencyKey: string,
): Promise<Operation | null> {
  const { rows } = await on.query<StoredOperation>(
    `${selectOperation} where o.actor_id = $1 and o.idempotency_key = $2`,
    [actorId, idempotencyKey],
  )
  return rows[0] ? operationOf(rows[0]) : null
}

export interface OperationFilter {
  clusterId?: string | undefined
  /** Only of these clusters; null or absent = of all. */
  clusterIds?: readonly string[] | null | undefined
  state?: OperationState | undefined
  /** Id of the last operation already shown: older ones follow. */
  before?: string | undefined
  /** Only those that went on at some time from then on, and before then. */
  since?: Date | undefined
  until?: Date | undefined
  limit: number
}

/** Operations, newest first. */
export async function listOperations(store: Store, filter: OperationFilter): Promise<OperationRow[]> {
  const { rows } = await store.pool.query<StoredRow>(
    `select id, kind, cluster_name, state, actor_name, reason, requested_at, ended_at, outcome, is_break_glass
       from operation
      where ($1::uuid is null or cluster_id = $1)
        and ($2::text is null or state = $2)
        and ($3::uuid is null or (requested_at, id) < (select requested_at, id from operation where id = $3))
        and ($5::uuid[] is null or cluster_id = any($5))
        and ($6::timestamptz is null or ended_at is null or ended_at >= $6)
        and ($7::timestamptz is null or requested_at < $7)
      order by requested_at desc, id desc
      limit $4`,
    [
      filter.clusterId ?? null,
      filter.state ?? null,
      filter.before ?? null,
      filter.limit,
      filter.clusterIds ?? null,
      filter.since ?? null,
      filter.until ?? null,
    ],
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    clusterName: row.cluster_name,
    state: row.state,
    requestedBy: row.actor_name,
    reason: row.reason,
    requestedAt: row.requested_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    isBreakGlass: row.is_break_glass,
  }))
}

/** Operations of one kind on a cluster with their steps and results, newest first. */
export async function listOperationsOfKind(
  store: Store,
  { clusterId, kind, limit }: { clusterId: string; kind: OperationKind; limit: number },
): Promise<Operation[]> {
  const { rows } = await store.pool.query<StoredOperation>(
    `${selectOperation} where o.cluster_id = $1 and o.kind = $2 order by o.requested_at desc, o.id desc limit $3`,
    [clusterId, kind, limit],
  )
  return rows.map(operationOf)
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const selectOperation = `
  select o.*, (
    select coalesce(jsonb_agg(jsonb_build_object(
      'n', s.n, 'name', s.name, 'title', s.title, 'state', s.state, 'detail', s.detail, 'output', s.output,
      'startedAt', to_char(s.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'endedAt', to_char(s.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by s.n), '[]'::jsonb)
    from operation_step s where s.operation_id = o.id
  ) as steps, (
    select coalesce(jsonb_agg(jsonb_build_object(
      'step', d.n, 'way', d.way, 'target', d.target, 'reason', d.reason, 'by', d.decided_by,
      'at', to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by d.n), '[]'::jsonb)
    from operation_decision d where d.operation_id = o.id
  ) as decisions, (
    select coalesce(jsonb_agg(jsonb_build_object(
      'approver', jsonb_build_object('id', a.approver_id, 'name', a.approver_name),
      'decision', a.decision, 'reason', a.reason,
      'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by a.at), '[]'::jsonb)
    from approval a where a.operation_id = o.id
  ) as approvals
  from operation o`

interface StoredRow {
  id: string
  kind: OperationKind
  cluster_name: string
  state: OperationState
  actor_name: string
  reason: string
  requested_at: Date
  ended_at: Date | null
  outcome: string | null
  is_break_glass: boolean
}

interface StoredOperation extends StoredRow {
  cluster_id: string
  plan: unknown
  plan_hash: string
  actor_id: string
  started_at: Date | null
  result: unknown
  executor_id: string | null
  epoch: number | string
  steps: unknown
  question: unknown
  decisions: unknown
  approval_need: unknown
  approvals: unknown
}

function operationOf(row: StoredOperation): Operation {
  return {
    id: row.id,
    kind: row.kind,
    clusterId: row.cluster_id,
    clusterName: row.cluster_name,
    state: row.state,
    plan: fromJson<Plan>(row.plan),
    planHash: row.plan_hash,
    reason: row.reason,
    requestedBy: { id: row.actor_id, name: row.actor_name },
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    result: row.result === null ? null : fromJson<OperationResult>(row.result),
    question: row.question === null ? null : fromJson<Question>(row.question),
    decisions: fromJson<Decision[]>(row.decisions),
    steps: fromJson<(Omit<OperationStep, 'state'> & { state: OperationStep['state'] | 'intent' })[]>(row.steps).map(
      (step) => ({ ...step, state: step.state === 'intent' ? 'running' : step.state }),
    ),
    approval:
      row.approval_need === null
        ? null
        : { need: fromJson<Need>(row.approval_need), decisions: fromJson<KeptDecision[]>(row.approvals) },
    isBreakGlass: row.is_break_glass,
    epoch: Number(row.epoch),
    executor: row.executor_id,
  }
}
