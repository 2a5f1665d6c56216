import { setTimeout as sleep } from 'node:timers/promises'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { laneOf, type Operation } from '#domain/operation/operation.ts'
import { inTransaction } from '#server/store/open.ts'
import { beginRun } from './begin.ts'
import { definitionOf } from '../catalogue.ts'
import { actOf, type Course, endOf, type Facts, type OperationDefinition, type StepOutcome } from '../define.ts'
import { type End, writeEnd } from './end.ts'
import { extendSteps } from './extend.ts'
import { findActor } from '../request/actor.ts'
import { FencedError, type Run } from './fence.ts'
import { factsSoFar, holdOperation } from './journal.ts'
import { performStep, type StepToDo } from './perform-step.ts'
import { planHash } from './plan-hash.ts'
import type { OperationSurroundings } from './surroundings.ts'
import { notUnderstood, otherPlace, otherSteps, tamperedWith, tooLate } from './unfit.ts'
import { untilStored } from './until-stored.ts'

/**
 * The workflow of every operation: its steps in order, then its end. Each is a DBOS step, so that what is checkpointed is not
 * entered again; each looks into our own journal first, so that what is not checkpointed is not done twice either.
 */
export async function runOperation(surroundings: OperationSurroundings, operationId: string): Promise<void> {
  const begun = await unlessFenced(surroundings, () => beginRun(surroundings.store, surroundings.worker, operationId))
  if (begun.kind === 'over') return
  const { run, operation } = begun
  const end = (chosen: End) =>
    DBOS.runStep(() => unlessFenced(surroundings, () => endRun(surroundings, run, chosen)), { name: 'end' })

  if (begun.isTooLate) return end(tooLate(operation))
  const isAsAsked = planHash(operation.plan) === operation.planHash && operation.plan.kind === operation.kind
  if (!isAsAsked) return end(tamperedWith(operation))
  const definition = definitionOf(operation)
  // Steps appended by a run of before are come to in their turn, so that every run takes the same way.
  const meant = definition?.steps(operation.plan) ?? []
  const planned = operation.steps.slice(0, meant.length)
  if (!definition || !planned.every(({ name }) => definition.acts[actOf(name)])) return end(notUnderstood(operation))
  // By these it is told what may run beside it; elsewhere it would act beside what excludes it, or on another cluster than it was planned for.
  if (begun.lane !== laneOf(operation.kind) || operation.plan.clusterId !== operation.clusterId)
    return end(otherPlace(operation))
  // The web tier writes them down: without its first look an operation would go ahead unasked.
  if (planned.length !== meant.length || !planned.every(({ name }, index) => name === meant[index]?.name))
    return end(otherSteps(operation))
  if (begun.forbidden !== null) return end({ state: 'refused', outcome: begun.forbidden, result: null })
  const ended: Course['ended'] = []
  const performOne = (step: StepToDo) =>
    DBOS.runStep(
      async () => {
        await sleep(pauseAfter(step.ended))
        return unlessFenced(surroundings, () => performStep(surroundings, run, operation, step))
      },
      { name: step.name },
    )
  let ahead: { n: number; name: string }[] | null = planned
  let last: StepOutcome = { kind: 'done', detail: '' }
  while (ahead !== null) {
    for (const { n, name } of ahead) {
      last = await performOne(stepOf(definition, { n, name }, ended))
      ended.push({ n, name, outcome: last })
      if (last.kind !== 'done') break
    }
    ahead = definition.onward
      ? await DBOS.runStep(
          () => unlessFenced(surroundings, () => goOn(surroundings, run, operation, definition, ended)),
          { name: 'onward' },
        )
      : null
  }
  if (last.kind !== 'done') return end(await endAfter(surroundings, definition, operation, last))
  const facts = await factsSoFar(surroundings.store, operationId)
  return end({ state: 'succeeded', ...definition.succeeded(facts, operation.plan) })
}

/** Appends what the operation goes on with after the steps so far; null where it ends with them. */
async function goOn(
  { store }: OperationSurroundings,
  run: Run,
  { plan }: Operation,
  definition: OperationDefinition,
  ended: Course['ended'],
): Promise<{ n: number; name: string }[] | null> {
  if (!definition.onward) return null
  const more = definition.onward({ plan, facts: await factsSoFar(store, run.operationId), ended })
  const last = ended.at(-1)
  if (more === null || last === undefined) return null
  return extendSteps(store, run, { after: last.n, isCancelHeard: last.outcome.kind === 'cancelled' }, more)
}

/** A fenced run does and writes nothing any more; its process is about to end. */
async function unlessFenced<T>(surroundings: OperationSurroundings, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FencedError)) throw error
    surroundings.log.warn({ error }, 'fenced: this run must not go on')
    surroundings.onFenced()
    return new Promise<never>(() => {})
  }
}

async function endRun({ store, debugPoint }: OperationSurroundings, run: Run, end: End): Promise<void> {
  debugPoint('end:before')
  await untilStored(async () => {
    const asked = await requesterOf(store, run)
    await inTransaction(store, async (tx) => {
      // An answer that got lost: it was written.
      if (await isEndedBy(tx, run)) return
      await holdOperation(tx, run)
      await writeEnd(tx, run.operationId, end, asked)
    })
  })
  debugPoint('end:after')
}

async function requesterOf(store: OperationSurroundings['store'], run: Run) {
  const { rows } = await store.pool.query<{ id: string; name: string }>(
    'select actor_id as id, actor_name as name from operation where id = $1',
    [run.operationId],
  )
  return (await findActor(store, rows[0] ?? { id: '', name: 'somebody' })).record
}

async function isEndedBy(tx: Parameters<typeof holdOperation>[0], run: Run): Promise<boolean> {
  const { rowCount } = await tx.query('select 1 from operation where id = $1 and epoch = $2 and ended_at is not null', [
    run.operationId,
    run.epoch,
  ])
  return rowCount === 1
}

function stepOf(
  definition: OperationDefinition,
  { n, name }: { n: number; name: string },
  ended: Course['ended'],
): StepToDo {
  const act = definition.acts[actOf(name)]
  if (!act) throw new Error(`The operation ${definition.kind} has no act for its step ${name}.`)
  const isPastEffect = ended.some((step) => isCrossed(definition, step.name))
  const isTouched = ended.some((step) => definition.acts[actOf(step.name)]?.act === 'effect')
  return { n, name, act, isPastEffect, isTouched, ended: [...ended], definition }
}

/** How long to wait before the next step, ms: an operation that fails at whatever it goes on with must not fill the store. */
export function pauseAfter(ended: Course['ended']): number {
  const failures = ended.length - 1 - ended.findLastIndex(({ outcome }) => outcome.kind === 'done')
  // One that fails, and the question after it that could not be asked, are nothing unusual.
  return failures <= 2 ? 0 : Math.min(500 * 2 ** (failures - 2), 60_000)
}

/** True for a step after which there is no calling back. */
function isCrossed(definition: OperationDefinition, name: string): boolean {
  return definition.acts[actOf(name)]?.act === 'effect' && !definition.canBeTakenBack?.(actOf(name))
}

async function endAfter(
  { store }: OperationSurroundings,
  definition: OperationDefinition,
  { id, plan }: Operation,
  outcome: Exclude<StepOutcome, { kind: 'done' }>,
): Promise<End> {
  const facts: Facts = await factsSoFar(store, id)
  return { state: endOf[outcome.kind], outcome: outcome.detail, result: definition.resultSoFar(facts, plan) }
}
