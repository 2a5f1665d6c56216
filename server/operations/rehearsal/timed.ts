import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import { AppError } from '#server/errors.ts'
import { actOf, type StepAct, type StepOutcome } from '../define.ts'
import type { RehearsalContext } from './context.ts'
import { noteFault, noteRehearsal } from './facts.ts'
import { titleOf } from './titles.ts'

type Do = (context: RehearsalContext) => Promise<StepOutcome>

/** A restore may take two days by what an agent allows, and the agent be silent for a while. */
const deadlineMs = 50 * 3_600_000

/** An act of jobs that an agent does once, however often they are asked for: entered again it is simply gone through again. */
export function effect(run: Do): StepAct<RehearsalPlan> {
  return { act: 'effect', deadlineMs, run: timed(run), probe: () => Promise.resolve({ kind: 'not-done' }) }
}

/** An act that only reads: broken off, it is simply done again. */
export function look(run: Do): StepAct<RehearsalPlan> {
  return { act: 'look', deadlineMs, run: timed(run) }
}

/** Notes how long a step took, and why it did not come to its end: the report, which comes later, tells both. */
function timed(run: Do): Do {
  return async (context) => {
    const { step } = context.binding
    const act = actOf(step)
    const title = titleOf(act, context.operation.plan)
    const beganAt = context.facts.rehearsal?.times?.[step]?.beganAt ?? context.now()
    const note = (endedAt: Date | null) =>
      noteRehearsal(context, { times: { ...context.facts.rehearsal?.times, [step]: { title, beganAt, endedAt } } })
    note(null)
    const outcome = await outcomeOf(run, context)
    note(context.now())
    const isBad = outcome.kind === 'failed' || outcome.kind === 'unknown' || outcome.kind === 'refused'
    if (isBad && !afterwards.has(act)) noteFault(context, outcome.detail)
    return outcome
  }
}

async function outcomeOf(run: Do, context: RehearsalContext): Promise<StepOutcome> {
  try {
    return await run(context)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return { kind: error.code === 'refused' ? 'refused' : 'failed', detail: error.message }
  }
}

/** What is done when it is known how the rehearsal went. */
const afterwards = new Set(['preflight', 'destroy', 'report', 'call-off'])
