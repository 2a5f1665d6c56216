import { setTimeout as sleep } from 'node:timers/promises'
import { fromJson } from '#domain/json.ts'
import type { Decision, Question } from '#domain/operation/question.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { type Actor, findActor } from '../request/actor.ts'
import type { Run } from './fence.ts'
import { holdOperation } from './journal.ts'
import { storableJson } from './storable.ts'
import { untilStored } from './until-stored.ts'

/** Puts a question beside the operation, waits for the answer and takes the question away; after a takeover it goes on waiting. */
export async function decide(
  store: Store,
  run: Run,
  asked: Omit<Question, 'askedAt'>,
  signal: AbortSignal,
): Promise<Decision> {
  await untilStored(() => putQuestion(store, run, asked))
  for (;;) {
    const decision = await untilStored(() => takeAnswer(store, run, asked.step))
    if (decision !== null) return decision
    await sleep(pollMs, undefined, { signal })
  }
}

const pollMs = 400

/** Whoever made a decision, as the console knows them now. */
export async function findDecider(store: Store, run: Run, { step, by }: Decision): Promise<Actor> {
  const { rows } = await store.pool.query<{ id: string | null }>(
    `select actor_id as id from audit_event
      where operation_id = $1 and action = 'operations.decide' and outcome = 'requested' and detail->>'step' = $2::text
      order by seq desc limit 1`,
    [run.operationId, step],
  )
  return findActor(store, { id: rows[0]?.id ?? '', name: by })
}

async function putQuestion(store: Store, run: Run, asked: Omit<Question, 'askedAt'>): Promise<void> {
  await inTransaction(store, async (tx) => {
    await holdOperation(tx, run)
    if ((await answerTo(tx, run, asked.step)) !== null) return
    // Asked before by a run that was taken over, it keeps the moment it was asked at.
    await tx.query(
      `update operation
          set state = 'waiting',
              question = $2::jsonb || jsonb_build_object('askedAt', coalesce(
                case when question->>'step' = $3::text then question->'askedAt' end,
                to_jsonb(to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))
        where id = $1`,
      [run.operationId, storableJson(asked), asked.step],
    )
    await notify(tx, { kind: 'operation', clusterId: run.clusterId, id: run.operationId })
  })
}

async function takeAnswer(store: Store, run: Run, step: number): Promise<Decision | null> {
  if ((await answerTo(store.pool, run, step)) === null) return null
  return inTransaction(store, async (tx) => {
    await holdOperation(tx, run)
    await tx.query(`update operation set state = 'running', question = null where id = $1`, [run.operationId])
    await notify(tx, { kind: 'operation', clusterId: run.clusterId, id: run.operationId })
    return answerTo(tx, run, step)
  })
}

async function answerTo(on: Queryable, run: Run, step: number): Promise<Decision | null> {
  const { rows } = await on.query<{ decision: unknown }>(
    `select jsonb_build_object('step', n, 'way', way, 'target', target, 'reason', reason, 'by', decided_by,
              'at', to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as decision
       from operation_decision where operation_id = $1 and n = $2`,
    [run.operationId, step],
  )
  return rows[0] ? fromJson<Decision>(rows[0].decision) : null
}
