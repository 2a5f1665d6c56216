import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { formatAge, formatInstant } from '#domain/format.ts'
import { fromJson } from '#domain/json.ts'
import { forbiddenBy } from '#domain/maintenance/forbidden-by.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import { laneOf, type Lane, type Operation, type OperationKind } from '#domain/operation/operation.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { recordAudit } from '#server/audit/record.ts'
import { breakGlassFault } from '#domain/approvals/break-glass.ts'
import { type Need, needSentence } from '#domain/approvals/policy.ts'
import { AppError } from '#server/errors.ts'
import { openWindows } from '#server/store/maintenance/windows.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { operationOfKey, readActiveOperation, readOperation } from '#server/store/operations.ts'
import { neededNow } from '../approvals/needed.ts'
import { scheduleActor } from './actor.ts'
import { definitionOf } from '../catalogue.ts'
import { targetOf } from '../engine/end.ts'
import { planHash } from '../engine/plan-hash.ts'
import { enqueueOperation } from '../engine/queue.ts'
import { RecordedError } from '../engine/recorded-error.ts'

/** A wish for an operation of any kind, its input already checked. */
export interface OperationRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  kind: OperationKind
  reason: string
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Name of the procedure, as the audit log has it, and what it is about. */
  action: string
  target: string
  /** What was asked for, for the record of a refusal. */
  asked: unknown
  /** Asks for the approval of others, or acts alone; absent = it needs no approval, and is refused where it does. */
  approval?: ApprovalWish | undefined
  /** True where the operation of before is what is asked for now as well. */
  isSameWish(known: Operation): boolean
  /** Made of the newest snapshot; a sentence where it drifted from what was confirmed. */
  plan(given: { tx: pg.PoolClient; snapshot: Snapshot; now: Date }): Promise<{ plan: Plan; drift: string | null }>
  /** The same for a cluster that nobody has looked at yet; absent = it is refused there. */
  planUnseen?(given: { tx: pg.PoolClient; now: Date }): Promise<{ plan: Plan; drift: string | null }>
}

/**
 * Plans anew from the newest snapshot and, if nothing stands in the way, commits operation, steps, audit record and the
 * order to the workers together. Throws RecordedError `refused` or `conflict`.
 */
export async function requestOperation(store: Store, request: OperationRequest): Promise<Operation> {
  const answer = await inTransaction(store, (tx) => answerRequest(store, tx, request))
  if ('operation' in answer) return answer.operation
  throw new RecordedError(answer.code, answer.sentence)
}

/** How somebody goes about an act that needs the approval of others. */
export type ApprovalWish = 'ask' | 'break-glass'

type Answer = { operation: Operation } | { code: 'refused' | 'conflict'; sentence: string }

async function answerRequest(store: Store, tx: pg.PoolClient, request: OperationRequest): Promise<Answer> {
  const { cluster, kind } = request
  // Before the key, lest a request that another click commits in between be taken for somebody else's.
  const holder = await readActiveOperation(tx, cluster.id, laneOf(kind))
  const known = await askedBefore(tx, request)
  if (known) return answerAgain(tx, request, known)
  const now = new Date()
  const forbidden = forbiddenBy(await openWindows(tx, cluster.id), { kind, actor: request.actor }, now)
  const need = await neededNow(tx, await clusterScopeOf(tx, cluster.id), kind)
  const isProposed = need !== null && request.approval === 'ask'
  const fault = forbidden ?? approvalFault(request, need)
  if (fault !== null) return refuse(tx, request, 'refused', fault, null)
  // Before the cluster is judged: while somebody moves the lead, whatever it looks like comes of that. What waits for approval holds no lane.
  if (holder && !isProposed) return refuse(tx, request, 'conflict', heldSentence(holder, now), null)
  const snapshot = await snapshotOf(tx, cluster.id)
  const made = snapshot ? await request.plan({ tx, snapshot, now }) : await request.planUnseen?.({ tx, now })
  if (!made) return refuse(tx, request, 'refused', `The console has not looked at ${cluster.name} yet.`, null)
  const { plan, drift } = made
  if (drift !== null) return refuse(tx, request, 'refused', drift, plan)
  if (plan.blockers.length > 0) return refuse(tx, request, 'refused', plan.blockers.join(' '), plan)
  const id = await insertOperation(tx, request, plan, isProposed ? need : null, isAlone(request, need))
  if (id === null) return answerToLoser(tx, request, plan, now)
  if (!isProposed) await enqueueOperation(store, tx, id)
  const detail = {
    plan,
    ...(isProposed && { waitsForApproval: need }),
    ...(isAlone(request, need) && { breakGlass: true }),
  }
  await recordAudit(tx, { ...entryOf(request), outcome: 'requested', operationId: id, detail })

  await notify(tx, { kind: 'operation', clusterId: cluster.id, id })
  return { operation: await needOperation(tx, id) }
}

/** Why it cannot be asked for in this way, by what it needs; null = it can. */
function approvalFault({ actor, kind, approval, reason }: OperationRequest, need: Need | null): string | null {
  if (need === null || (actor.id === scheduleActor.id && kind === 'rehearsal')) return null
  if (approval === 'break-glass') return breakGlassFault(need, reason)
  if (approval === 'ask') return null
  const alone = need.allowsBreakGlass ? ', or break the glass and act alone' : ''
  return `${needSentence(need)} Ask for approval${alone}. Nothing was done.`
}

function isAlone({ approval }: OperationRequest, need: Need | null): boolean {
  return approval === 'break-glass' && need !== null
}

async function askedBefore(tx: pg.PoolClient, { actor, idempotencyKey }: OperationRequest): Promise<Operation | null> {
  return idempotencyKey === null ? null : operationOfKey(tx, actorId(actor), idempotencyKey)
}

/** The operation of before, if its key comes with the same wish; a key used twice would else swallow the second wish. */
async function answerAgain(tx: pg.PoolClient, request: OperationRequest, known: Operation): Promise<Answer> {
  const { cluster, kind } = request
  if (known.clusterId === cluster.id && known.kind === kind && request.isSameWish(known)) return { operation: known }
  const sentence = `This idempotency key was used for another wish: ${verbOf(known.kind)} on ${targetOf(known)}, at ${formatInstant(known.requestedAt)} (operation ${known.id}). Nothing was done now. Give each wish a key of its own.`
  return refuse(tx, request, 'conflict', sentence, null)
}

async function snapshotOf(tx: pg.PoolClient, clusterId: string): Promise<Snapshot | null> {
  const { rows } = await tx.query<{ body: unknown }>('select body from latest_snapshot where cluster_id = $1', [
    clusterId,
  ])
  return rows[0] ? fromJson<Snapshot>(rows[0].body) : null
}

/** Null when a unique index says that there is one already: the same request, or another that holds the lane. */
async function insertOperation(
  tx: pg.PoolClient,
  { actor, cluster, kind, reason, idempotencyKey }: OperationRequest,
  plan: Plan,
  need: Need | null,
  isBreakGlass: boolean,
): Promise<string | null> {
  const id = randomUUID()
  const { rowCount } = await tx.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason,
                            actor_id, actor_name, idempotency_key, approval_need, is_break_glass, requested_at)
     values ($1, $2, $3, $4, $5, $12, $6, $7, $8, $9, $10, $11, $13, $14, clock_timestamp())
     on conflict do nothing`,
    [
      id,
      cluster.id,
      cluster.name,
      kind,
      laneOf(kind),
      JSON.stringify(plan),
      planHash(plan),
      reason.trim(),
      actorId(actor),
      actor.name,
      idempotencyKey,
      need === null ? 'planned' : 'proposed',
      need === null ? null : JSON.stringify(need),
      isBreakGlass,
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

async function answerToLoser(tx: pg.PoolClient, request: OperationRequest, plan: Plan, now: Date): Promise<Answer> {
  const same = await askedBefore(tx, request)
  if (same) return answerAgain(tx, request, same)
  const holder = await readActiveOperation(tx, request.cluster.id, laneOf(request.kind))
  const sentence = holder
    ? heldSentence(holder, now)
    : `Another operation on ${request.cluster.name} ended this moment. Look at the cluster and ask again.`
  return refuse(tx, request, 'conflict', sentence, plan)
}

const laneRules = {
  lead: 'A cluster has one operation at a time.',
  backup: 'A cluster has one backup at a time.',
  rehearsal: 'A cluster has one rehearsal at a time.',
  replica: 'A cluster has one replica at a time copied anew: the others may have to take over.',
  pause: 'A cluster has one pause of its poolers at a time: resume it, or wait for its limit.',
  stack: 'A cluster has one command on its sessions, poolers and proxies at a time.',
} as const satisfies Record<Lane, string>

function heldSentence({ requestedBy, kind, clusterName, requestedAt, reason }: Operation, now: Date): string {
  return `${requestedBy.name} has been ${verbOf(kind)} on ${clusterName} since ${formatInstant(requestedAt)} (${formatAge(requestedAt, now)}): "${reason}". ${laneRules[laneOf(kind)]} Wait for its end.`
}

async function refuse(
  tx: pg.PoolClient,
  request: OperationRequest,
  code: 'refused' | 'conflict',
  sentence: string,
  plan: Plan | null,
): Promise<Answer> {
  await recordAudit(tx, {
    ...entryOf(request),
    outcome: 'refused',
    operationId: null,
    detail: { code, sentence, asked: request.asked, plan },
  })
  return { code, sentence }
}

function entryOf({ actor, cluster, reason, action, target }: OperationRequest) {
  return { actor, action, target, cluster, reason: reason.trim() }
}

function actorId({ id, name }: AuditRecord['actor']): string {
  return id ?? name
}

async function needOperation(tx: pg.PoolClient, id: string): Promise<Operation> {
  const operation = await readOperation(tx, id)
  if (!operation) throw new AppError('internal', `The operation ${id} was not kept.`)
  return operation
}
