import type pg from 'pg'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { fromJson } from '#domain/json.ts'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import type { Decision, WayKind } from '#domain/operation/question.ts'
import { reasonFault } from '#domain/reason.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { readOperation } from '#server/store/operations.ts'
import { whyNotMoved } from '../approvals/why-not-moved.ts'
import { targetOf } from '../engine/end.ts'
import { RecordedError } from '../engine/recorded-error.ts'
import { factsSoFar } from '../engine/journal.ts'
import { type ArchivedTo, movedAim } from '../restore/aim.ts'

export interface DecisionRequest {
  actor: AuditRecord['actor']
  /** Of the operation. */
  id: string
  /** Number of the step that asks: an answer meets no other question. */
  step: number
  way: WayKind
  /** For `move` alone: where recovery shall stop instead. */
  target: RecoveryTarget | null
  reason: string
}

/**
 * Answers the question that an operation waits with; its worker goes on by itself. Throws AppError `not-found`, `invalid` by field, and
 * RecordedError: `conflict` where it was answered before, `refused` where there is no such question or way, or the new target cannot be reached.
 */
export async function requestDecision(store: Store, request: DecisionRequest): Promise<Operation> {
  refuseFaults(request)
  const { actor, id, step, way, target, reason } = request
  const known = target === null ? { backups: null, archivedTo: null } : await knownOf(store, id)
  const answer = await inTransaction(store, async (tx) => {
    const operation = await lockOperation(tx, id)
    if (!operation) throw new AppError('not-found', `There is no operation ${id}.`)
    const refusal =
      whyNotNow(operation, request) ??
      (way === 'move' ? await whyNotElsewhere(tx, operation) : null) ??
      whyNotOffered(operation, way) ??
      (await whyNotThere(tx, operation, target, known))
    await recordAudit(tx, {
      actor,
      action: 'operations.decide',
      target: targetOf(operation),
      cluster: { id: operation.clusterId, name: operation.clusterName },
      reason: reason.trim(),
      outcome: refusal === null ? 'requested' : 'refused',
      operationId: operation.id,
      detail: { kind: operation.kind, step, way, target, ...refusal },
    })
    if (refusal !== null) return refusal
    await tx.query(
      `insert into operation_decision (operation_id, n, way, target, reason, decided_by) values ($1, $2, $3, $4, $5, $6)`,
      [operation.id, step, way, target === null ? null : JSON.stringify(target), reason.trim(), actor.name],
    )
    await notify(tx, { kind: 'operation', clusterId: operation.clusterId, id: operation.id })
    return { operation: await readOperation(tx, operation.id) }
  })
  if ('sentence' in answer) throw new RecordedError(answer.code, answer.sentence)
  if (answer.operation === null) throw new AppError('internal', `The operation ${id} was not kept.`)
  return answer.operation
}

interface Refusal {
  code: 'refused' | 'conflict'
  sentence: string
}

function refuseFaults({ way, target, reason }: DecisionRequest): void {
  const fault = reasonFault(reason)
  if (fault !== null) throw new AppError('invalid', fault, { fields: [{ field: 'reason', sentence: fault }] })
  if ((way === 'move') === (target !== null)) return
  const sentence =
    way === 'move' ? 'Say where the recovery shall stop instead.' : 'A target goes with moving the recovery alone.'
  throw new AppError('invalid', sentence, { fields: [{ field: 'target', sentence }] })
}

// The worker holds the same row while it asks and while it takes the answer, so that one answer alone is taken.
async function lockOperation(tx: pg.PoolClient, id: string): Promise<Operation | null> {
  await tx.query('select 1 from operation where id::text = $1 for update', [id])
  return readOperation(tx, id)
}

function whyNotNow(operation: Operation, { step, way }: DecisionRequest): Refusal | null {
  const { question, decisions } = operation
  if (isEnded(operation.state)) {
    return { code: 'refused', sentence: `It has ended already: ${operation.outcome ?? operation.state}` }
  }
  const before = decisions.find((decision) => decision.step === step)
  if (before) return { code: 'conflict', sentence: answered(before, way) }
  if (question?.step === step) return null
  const sentence = question
    ? 'It asks something else by now. Look at what it asks before you decide.'
    : 'It does not wait for a decision now.'
  return { code: 'refused', sentence }
}

/** Said before it is looked whether the way is offered: a person is told why it is not. */
async function whyNotElsewhere(tx: pg.PoolClient, operation: Operation): Promise<Refusal | null> {
  const sentence = operation.kind === 'restore' ? await whyNotMoved(tx, operation) : null
  return sentence === null ? null : { code: 'refused', sentence }
}

function whyNotOffered({ question }: Operation, way: WayKind): Refusal | null {
  const offered = question?.ways ?? []
  if (offered.some(({ kind }) => kind === way)) return null
  const ways = offered.map(({ title }) => `"${title}"`).join(', ')
  return { code: 'refused', sentence: `That way is not open here. Choose one of ${ways}.` }
}

function answered({ by, way: taken, reason }: Decision, way: WayKind): string {
  const what = taken === way ? 'the same' : `otherwise (${taken})`
  return `${by} has decided ${what} already: "${reason}". See how it goes on.`
}

/** A target is planned anew: what is not archived cannot be recovered to, whoever wishes it. */
async function whyNotThere(
  tx: pg.PoolClient,
  { plan, clusterId }: Operation,
  target: RecoveryTarget | null,
  { backups, archivedTo }: Known,
): Promise<Refusal | null> {
  if (target === null) return null
  if (plan.kind !== 'restore') return { code: 'refused', sentence: 'There is no target to move here.' }
  const { rows } = await tx.query<{ body: unknown }>('select body from latest_snapshot where cluster_id = $1', [
    clusterId,
  ])
  if (!rows[0]) return { code: 'refused', sentence: `The console has not looked at ${plan.clusterName} yet.` }
  const snapshot = fromJson<Snapshot>(rows[0].body)
  const aim = movedAim({ plan, snapshot, backups, target, archivedTo, now: new Date() })
  return 'refusal' in aim ? { code: 'refused', sentence: aim.refusal } : null
}

interface Known {
  backups: BackupView | null
  archivedTo: ArchivedTo | null
}

/** What is archived, and how far the leader came before it was stopped. */
async function knownOf(store: Store, id: string): Promise<Known> {
  const operation = await readOperation(store.pool, id)
  if (operation === null) return { backups: null, archivedTo: null }
  const [{ view }, facts] = await Promise.all([
    readBackups(store, operation.clusterId),
    factsSoFar(store, operation.id),
  ])
  return { backups: view, archivedTo: facts.restore?.archivedTo ?? null }
}
