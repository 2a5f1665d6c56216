import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import { inTransaction } from '#server/store/open.ts'
import { whyNotMoved } from '../approvals/why-not-moved.ts'
import { whyForbidden } from '../request/actor.ts'
import type { Course, Facts, OperationDefinition, StepAct, StepContext, StepOutcome } from '../define.ts'
import { decide, findDecider } from './decide.ts'
import { decisionFault } from '../request/decision-fault.ts'
import { checkFence, FencedError, type Run } from './fence.ts'
import { forbiddenNow } from './forbidden-now.ts'
import { renewEpoch } from './renew-epoch.ts'
import { cancelAskedBy, enterStep, factsSoFar, holdOperation, keepProgress, leaveStep } from './journal.ts'
import { Progress } from './progress.ts'
import type { OperationSurroundings } from './surroundings.ts'
import { untilStored } from './until-stored.ts'
import { withoutCluster } from '../without-cluster.ts'

export interface StepToDo {
  n: number
  name: string
  act: StepAct
  /** An effect went before it: a wish to cancel does not end the operation between two steps any more. */
  isPastEffect: boolean
  /** Something was changed before that the operation itself takes back. */
  isTouched: boolean
  /** The steps before it. */
  ended: Course['ended']
  definition: OperationDefinition
}

/**
 * Does one step: commits the intent, acts, commits how it ended. Entered again after a crash it looks before it acts. Throws
 * FencedError when somebody else runs the operation by now, and nothing else.
 */
export async function performStep(
  surroundings: OperationSurroundings,
  run: Run,
  operation: Operation,
  step: StepToDo,
): Promise<StepOutcome> {
  const { store, debugPoint } = surroundings
  const { n, act } = step
  debugPoint(`${step.name}:before-intent`)
  const before = await factsSoFar(store, run.operationId)
  const entry = await enterStep(store, run, {
    n,
    act: act.act,
    isPastEffect: step.isPastEffect,
    isTouched: step.isTouched,
  })
  if (entry.kind === 'over') return entry.outcome
  debugPoint(`${step.name}:after-intent`)
  const progress = new Progress({
    output: entry.output,
    facts: entry.facts,
    now: surroundings.now,
    write: (kept) => keepProgress(store, run, n, kept),
  })
  if (entry.kind === 'again') progress.say(`${run.worker.executorId} took over and looks how far it came`)
  const outcome = await outcomeOf(surroundings, {
    run,
    operation,
    step,
    before,
    progress,
    isAgain: entry.kind === 'again',
  })
  debugPoint(`${step.name}:after-effect`)
  await progress.stored()
  await leaveStep(store, run, n, { outcome, output: progress.output, facts: progress.facts })
  debugPoint(`${step.name}:after-outcome`)
  return outcome
}

interface Doing {
  run: Run
  operation: Operation
  step: StepToDo
  before: Facts
  progress: Progress
  isAgain: boolean
}

async function outcomeOf(surroundings: OperationSurroundings, doing: Doing): Promise<StepOutcome> {
  const { act } = doing.step
  const context = await contextInTime(surroundings, doing).catch((error: unknown) => error)
  if (!isContext(context)) return outcomeOfError(surroundings, doing, context)
  try {
    if (act.act === 'look' || !doing.isAgain) return await act.run(context)
    const found = await act.probe(context)
    return found.kind === 'not-done' ? await act.run(context) : found
  } catch (error) {
    return outcomeOfError(surroundings, doing, error)
  } finally {
    if (act.act === 'effect') context.cluster.lookDeep()
  }
}

/** Once something was sent, access to the cluster that cannot be had now is waited for: nobody could do or even ask anything without it. */
async function contextInTime(surroundings: OperationSurroundings, doing: Doing): Promise<StepContext> {
  const { operation, step, before, progress } = doing
  const giveUpAt = performance.now() + step.act.deadlineMs
  let told = ''
  for (;;) {
    try {
      return await contextOf(surroundings, doing)
    } catch (error) {
      const isSent = step.definition.sentSoFar({ ...before, ...progress.facts }, operation.plan) !== null
      if (!isSent || !step.definition.onward || performance.now() > giveUpAt) throw error
      const reason = reasonOf(error)
      if (reason !== told) progress.say(`waits for access to the cluster: ${reason}`)
      told = reason
    }
    await sleep(accessEveryMs)
  }
}

const accessEveryMs = 2_000

async function contextOf(surroundings: OperationSurroundings, doing: Doing): Promise<StepContext> {
  const { store, now } = surroundings
  const { run, operation, step, before, progress } = doing
  const cluster = step.definition.isOfStore ? withoutCluster : await surroundings.accessTo(run.clusterId)
  return {
    operation,
    cluster,
    get facts() {
      return { ...before, ...progress.facts }
    },
    ended: step.ended,
    signal: AbortSignal.timeout(step.act.deadlineMs),
    now,
    say: (line) => progress.say(line),
    note: (facts) => progress.note(facts),
    remember(facts) {
      progress.note(facts)
      return progress.stored()
    },
    fence: () => checkFence(store, run),
    async renew() {
      // A write of before the renewal that came after it would find the run fenced.
      await progress.stored()
      await renewEpoch(store, run)
    },
    commit: (work) =>
      untilStored(() =>
        inTransaction(store, async (tx) => {
          await holdOperation(tx, run)
          return work(tx)
        }),
      ),
    forbidden: () => untilStored(() => forbiddenNow(store, operation, step.definition.permission)),
    whyNotMoved: () => untilStored(() => whyNotMoved(store.pool, operation)),
    cancelAskedBy: () => cancelAskedBy(store, run),
    get binding() {
      return { operation: run.operationId, step: step.name, epoch: run.epoch, planHash: operation.planHash }
    },
    async decide(asked) {
      const decision = await decide(store, run, { step: step.n, ...asked }, AbortSignal.timeout(step.act.deadlineMs))
      const fault = decisionFault(asked.ways, decision)
      if (fault !== null) return { ...decision, refusal: fault }
      const refusal = await untilStored(async () => {
        const where = await clusterScopeOf(store.pool, run.clusterId)
        return whyForbidden(await findDecider(store, run, decision), step.definition.permission, where)
      })
      return { ...decision, refusal }
    },
    debugPoint: (point) => surroundings.debugPoint(`${step.name}:${point}`),
  }
}

function isContext(value: unknown): value is StepContext {
  return typeof value === 'object' && value !== null && 'cluster' in value && 'fence' in value
}

// A step that ends in an exception has not said how the world is: where something was sent, that is not known.
function outcomeOfError(surroundings: OperationSurroundings, doing: Doing, error: unknown): StepOutcome {
  if (error instanceof FencedError) throw error
  const { run, operation, step, before, progress } = doing
  if (!(error instanceof AppError) && !isOutOfTime(error)) {
    surroundings.log.error({ error, operation: run.operationId, step: step.name }, 'a step broke off')
  }
  const reason = reasonOf(error)
  const sent = step.definition.sentSoFar({ ...before, ...progress.facts }, operation.plan)
  if (sent !== null) return { kind: 'unknown', detail: `${reason} ${sent}` }
  if (error instanceof AppError && error.code === 'refused') return { kind: 'refused', detail: error.message }
  return { kind: 'failed', detail: `${reason} Nothing was sent to ${run.clusterName}.` }
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  if (isOutOfTime(error)) return 'The step did not end within its time.'
  return 'The console itself made an error here; its log says which.'
}

// Waiting ends with the step's signal, and that with its deadline alone.
function isOutOfTime(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
