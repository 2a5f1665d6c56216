import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { ClusterConfig } from '#domain/cluster.ts'
import { formatAge, formatInstant } from '#domain/format.ts'
import { fromJson } from '#domain/json.ts'
import { verbOf } from '#domain/operation-words.ts'
import type { Operation, OperationKind } from '#domain/operation.ts'
import { planSwitchover } from '#domain/plan-switchover.ts'
import { reasonFault } from '#domain/reason.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { AuditRecord } from '#domain/view.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError, type FieldError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { operationOfKey, readActiveOperation, readOperation } from '#server/store/operations.ts'
import { definitionOf } from './catalogue.ts'
import { driftOf, type Expected } from './drift.ts'
import { targetOf } from './end.ts'
import { planHash } from './plan-hash.ts'
import { enqueueOperation } from './queue.ts'
import { RecordedError } from './recorded-error.ts'

export interface SwitchoverRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  kind: OperationKind
  candidate: string | null
  scheduledAt: Date | null
  reason: string
  /** The cluster's name as typed by whoever asks. */
  confirmName: string
  /** What the plan on the screen was made for. */
  expected: Expected
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
}

/**
 * Plans anew from the newest snapshot and, if nothing stands in the way, commits operation, steps, audit record and the
 * order to the workers together. Throws AppError `invalid` by field, and RecordedError `refused` or `conflict`.
 */
export async function requestSwitchover(store: Store, request: SwitchoverRequest): Promise<Operation> {
  refuseFaults(request)
  const answer = await inTransaction(store, (tx) => answerRequest(store, tx, request))
  if ('operation' in answer) return answer.operation
  throw new RecordedError(answer.code, answer.sentence)
}

type Answer = { operation: Operation } | { code: 'refused' | 'conflict'; sentence: string }

async function answerRequest(store: Store, tx: pg.PoolClient, request: SwitchoverRequest): Promise<Answer> {
  // Before the key, lest a request that another click commits in between be taken for somebody else's.
  const holder = await readActiveOperation(tx, request.cluster.id)
  const known = await askedBefore(tx, request)
  if (known) return answerAgain(tx, request, known)
  const now = new Date()
  // Before the cluster is judged: while somebody moves the lead, whatever it looks like comes of that.
  if (holder) return refuse(tx, request, 'conflict', heldSentence(holder, now), null)
  const snapshot = await snapshotOf(tx, request.cluster.id)
  if (!snapshot) {
    return refuse(tx, request, 'refused', `The console has not looked at ${request.cluster.name} yet.`, null)
  }
  const { kind, candidate, scheduledAt } = request
  const plan = planSwitchover(snapshot, { kind, candidate, scheduledAt, now })
  const drift = driftOf(plan, request.expected)
  if (drift !== null) return refuse(tx, request, 'refused', drift, plan)
  if (plan.blockers.length > 0) return refuse(tx, request, 'refused', plan.blockers.join(' '), plan)
  const id = await insertOperation(tx, request, plan)
  if (id === null) return answerToLoser(tx, request, plan, now)
  await enqueueOperation(store, tx, id)
  await recordAudit(tx, { ...entryOf(request), outcome: 'requested', operationId: id, detail: { plan } })
  await notify(tx, { kind: 'operation', clusterId: request.cluster.id, id })
  return { operation: await needOperation(tx, id) }
}

async function askedBefore(tx: pg.PoolClient, { actor, idempotencyKey }: SwitchoverRequest): Promise<Operation | null> {
  return idempotencyKey === null ? null : operationOfKey(tx, actorId(actor), idempotencyKey)
}

/** The operation of before, if its key comes with the same wish; a key used twice would else swallow the second wish. */
async function answerAgain(tx: pg.PoolClient, request: SwitchoverRequest, known: Operation): Promise<Answer> {
  const { cluster, kind, candidate, scheduledAt } = request
  const isSameTime = scheduledAt?.getTime() === known.plan.scheduledAt?.getTime()
  const isSameTarget = candidate === known.plan.candidate && isSameTime
  // A cancellation may leave open which schedule it means; its plan names it.
  const isOpen = kind === 'cancel-scheduled-switchover' && scheduledAt === null
  if (known.clusterId === cluster.id && known.kind === kind && (isSameTarget || isOpen)) return { operation: known }
  const sentence = `This idempotency key was used for another wish: ${verbOf(known.kind)} on ${targetOf(known)}, at ${formatInstant(known.requestedAt)} (operation ${known.id}). Nothing was done now. Give each wish a key of its own.`
  return refuse(tx, request, 'conflict', sentence, null)
}

async function snapshotOf(tx: pg.PoolClient, clusterId: string): Promise<Snapshot | null> {
  const { rows } = await tx.query<{ body: unknown }>('select body from latest_snapshot where cluster_id = $1', [
    clusterId,
  ])
  return rows[0] ? fromJson<Snapshot>(rows[0].body) : null
}

/** Null when a unique index says that there is one already: the same request, or another that holds the cluster. */
async function insertOperation(
  tx: pg.PoolClient,
  { actor, cluster, kind, reason, idempotencyKey }: SwitchoverRequest,
  plan: SwitchoverPlan,
): Promise<string | null> {
  const id = randomUUID()
  const { rowCount } = await tx.query(
    `insert into operation (id, cluster_id, cluster_name, kind, state, plan, plan_hash, reason,
                            actor_id, actor_name, idempotency_key, requested_at)
     values ($1, $2, $3, $4, 'planned', $5, $6, $7, $8, $9, $10, clock_timestamp())
     on conflict do nothing`,
    [
      id,
      cluster.id,
      cluster.name,
      kind,
      JSON.stringify(plan),
      planHash(plan),
      reason.trim(),
      actorId(actor),
      actor.name,
      idempotencyKey,
    ],
  )
  if (rowCount !== 1) return null
  const steps = definitionOf({ kind, plan })?.steps(plan) ?? []
  for (const [n, { name, title }] of steps.entries()) {
    await tx.query(
      `insert into operation_step (operation_id, n, name, title, state) values ($1, $2, $3, $4, 'pending')`,
      [id, n + 1, name, title],
    )
  }
  return id
}

async function answerToLoser(
  tx: pg.PoolClient,
  request: SwitchoverRequest,
  plan: SwitchoverPlan,
  now: Date,
): Promise<Answer> {
  const same = await askedBefore(tx, request)
  if (same) return answerAgain(tx, request, same)
  const holder = await readActiveOperation(tx, request.cluster.id)
  const sentence = holder
    ? heldSentence(holder, now)
    : `Another operation on ${request.cluster.name} ended this moment. Look at the cluster and ask again.`
  return refuse(tx, request, 'conflict', sentence, plan)
}

function heldSentence({ requestedBy, kind, clusterName, requestedAt, reason }: Operation, now: Date): string {
  return `${requestedBy.name} has been ${verbOf(kind)} on ${clusterName} since ${formatInstant(requestedAt)} (${formatAge(requestedAt, now)}): "${reason}". A cluster has one operation at a time. Wait for its end.`
}

async function refuse(
  tx: pg.PoolClient,
  request: SwitchoverRequest,
  code: 'refused' | 'conflict',
  sentence: string,
  plan: SwitchoverPlan | null,
): Promise<Answer> {
  const { kind, candidate, scheduledAt, expected } = request
  await recordAudit(tx, {
    ...entryOf(request),
    outcome: 'refused',
    operationId: null,
    detail: { code, sentence, asked: { kind, candidate, scheduledAt, expected }, plan },
  })
  return { code, sentence }
}

function entryOf(request: SwitchoverRequest) {
  const { actor, cluster, reason, candidate, expected } = request
  const target = targetOf({ clusterName: cluster.name, plan: { leader: expected.leader, candidate } })
  return { actor, action: 'switchover.request', target, cluster, reason: reason.trim() }
}

function actorId({ id, name }: AuditRecord['actor']): string {
  return id ?? name
}

async function needOperation(tx: pg.PoolClient, id: string): Promise<Operation> {
  const operation = await readOperation(tx, id)
  if (!operation) throw new AppError('internal', `The operation ${id} was not kept.`)
  return operation
}

function refuseFaults({ reason, confirmName, cluster }: SwitchoverRequest): void {
  const fields: FieldError[] = []
  const fault = reasonFault(reason)
  if (fault !== null) fields.push({ field: 'reason', sentence: fault })
  if (confirmName !== cluster.name) {
    fields.push({ field: 'confirmName', sentence: `Type the name of the cluster, ${cluster.name}, to confirm.` })
  }
  if (fields.length > 0) {
    throw new AppError('invalid', fields.map(({ sentence }) => sentence).join(' '), { fields })
  }
}
