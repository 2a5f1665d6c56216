import type pg from 'pg'
import { fromJson } from '#domain/json.ts'
import type { OperationStep } from '#domain/operation/operation.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import type { Facts, StepOutcome } from '../define.ts'
import { FencedError, type Run } from './fence.ts'
import { storableJson, storableText } from './storable.ts'
import { untilStored } from './until-stored.ts'

/** What the journal says of a step when a run comes to it. */
export type StepEntry =
  /** Never begun: its intent is committed now. */
  | { kind: 'fresh' }
  /** Begun by a run that did not live to tell how it ended. */
  | { kind: 'again' }
  | { kind: 'over'; outcome: StepOutcome }

type Output = OperationStep['output']

/** Commits the intent to do a step, unless it was begun or ended before, or somebody asked to cancel. */
export async function enterStep(
  store: Store,
  run: Run,
  step: {
    n: number
    act: 'look' | 'effect'
    isPastEffect?: boolean
    /** Something was changed before that the operation itself takes back. */
    isTouched?: boolean
  },
): Promise<StepEntry & { facts: Facts; output: Output }> {
  return untilStored(() =>
    inTransaction(store, async (tx) => {
      const held = await holdOperation(tx, run)
      const row = await stepOf(tx, run, step.n)
      const kept = fromJson<KeptIntent>(row.intent ?? {})
      const past = { facts: kept.facts ?? {}, output: fromJson<Output>(row.output) }
      if (kept.outcome) return { kind: 'over', outcome: kept.outcome, ...past }
      if (row.started_at !== null) {
        await tx.query('update operation_step set epoch = $3 where operation_id = $1 and n = $2', [
          run.operationId,
          step.n,
          run.epoch,
        ])
        return { kind: 'again', ...past }
      }
      if (held.cancelAskedBy !== null && !step.isPastEffect) {
        const outcome = {
          kind: 'cancelled',
          detail: `${held.cancelAskedBy} cancelled it${step.isTouched ? '' : ' before anything was sent'}.`,
        } as const
        return { kind: 'over', outcome, ...past }
      }
      await tx.query(
        `update operation_step set state = $3, epoch = $4, started_at = clock_timestamp(), intent = $5
          where operation_id = $1 and n = $2`,
        [run.operationId, step.n, step.act === 'effect' ? 'intent' : 'running', run.epoch, JSON.stringify(kept)],
      )
      await tellOf(tx, run)
      return { kind: 'fresh', ...past }
    }),
  )
}

/** Keeps the live output of a running step and what it has found out. */
export async function keepProgress(store: Store, run: Run, n: number, progress: { output: Output; facts: Facts }) {
  await untilStored(() =>
    inTransaction(store, async (tx) => {
      await holdOperation(tx, run)
      await tx.query('update operation_step set output = $3, intent = $4 where operation_id = $1 and n = $2', [
        run.operationId,
        n,
        storableJson(progress.output),
        storableJson({ facts: progress.facts } satisfies KeptIntent),
      ])
      await tellOf(tx, run)
    }),
  )
}

/** Commits how a step ended. */
export async function leaveStep(
  store: Store,
  run: Run,
  n: number,
  ended: { outcome: StepOutcome; output: Output; facts: Facts },
): Promise<void> {
  await untilStored(() =>
    inTransaction(store, async (tx) => {
      await holdOperation(tx, run)
      await tx.query(
        `update operation_step set state = $3, ended_at = clock_timestamp(), detail = $4, output = $5, intent = $6
          where operation_id = $1 and n = $2`,
        [
          run.operationId,
          n,
          stateOf(ended.outcome),
          storableText(ended.outcome.detail),
          storableJson(ended.output),
          storableJson({ facts: ended.facts, outcome: ended.outcome } satisfies KeptIntent),
        ],
      )
      await tellOf(tx, run)
    }),
  )
}

/** What the steps of an operation have found out so far, later ones over earlier ones. */
export async function factsSoFar(store: Store, operationId: string): Promise<Facts> {
  return untilStored(async () => {
    const { rows } = await store.pool.query<{ intent: unknown }>(
      'select intent from operation_step where operation_id = $1 order by n',
      [operationId],
    )
    const facts: Facts = {}
    for (const row of rows) Object.assign(facts, fromJson<KeptIntent>(row.intent ?? {}).facts)
    return facts
  })
}

/** Who has asked to cancel the operation; null = nobody. */
export async function cancelAskedBy(store: Store, run: Run): Promise<string | null> {
  return untilStored(async () => {
    const { rows } = await store.pool.query<{ name: string | null }>(
      'select cancel_asked_by as name from operation where id = $1',
      [run.operationId],
    )
    return rows[0]?.name ?? null
  })
}

/** Locks the operation for this run; throws FencedError where it is not the run's any more. */
export async function holdOperation(tx: Queryable, run: Run): Promise<{ cancelAskedBy: string | null }> {
  const { rows } = await tx.query<{ cancel_asked_by: string | null }>(
    `select cancel_asked_by from operation
      where id = $1 and epoch = $2 and executor_id = $3 and ended_at is null for update`,
    [run.operationId, run.epoch, run.worker.executorId],
  )
  if (!rows[0]) throw new FencedError(run)
  return { cancelAskedBy: rows[0].cancel_asked_by }
}

interface KeptIntent {
  facts?: Facts
  outcome?: StepOutcome
}

interface StepRow {
  started_at: Date | null
  intent: unknown
  output: unknown
}

async function stepOf(tx: Queryable, run: Run, n: number): Promise<StepRow> {
  const { rows } = await tx.query<StepRow>(
    'select started_at, intent, output from operation_step where operation_id = $1 and n = $2',
    [run.operationId, n],
  )
  if (!rows[0]) throw new Error(`Operation ${run.operationId} has no step ${n}.`)
  return rows[0]
}

async function tellOf(tx: pg.PoolClient, run: Run): Promise<void> {
  await notify(tx, { kind: 'operation', clusterId: run.clusterId, id: run.operationId })
}

function stateOf(outcome: StepOutcome): 'done' | 'failed' | 'unknown' | 'skipped' {
  switch (outcome.kind) {
    case 'done':
      return 'done'
    case 'refused':
    case 'failed':
      return 'failed'
    case 'unknown':
      return 'unknown'
    case 'cancelled':
      return 'skipped'
  }
}
