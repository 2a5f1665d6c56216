import type { StepAct, StepOutcome } from '../define.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { doingOf } from './step-names.ts'
import { titleOf } from './titles.ts'

type Do = (context: RestoreContext) => Promise<StepOutcome>

/** Two days, which an agent gives a restore, and what it may be silent for. */
const deadlineMs = 50 * 3_600_000

/** An act that only looks. */
export function look(run: Do, longestMs = deadlineMs): StepAct<RestorePlan> {
  return { act: 'look', deadlineMs: longestMs, run: timed(run) }
}

/** An act that changes something, made of jobs that an agent does once and of requests that look before they are sent: entered again it is simply gone through again. */
export function effect(run: Do): StepAct<RestorePlan> {
  return { act: 'effect', deadlineMs, run: timed(run), probe: () => Promise.resolve({ kind: 'not-done' }) }
}

/** What moves for longer is looked at as at rest by itself. */
const calmMs = 60_000

/** Notes when it began and ended: the proof tells how long each phase took. */
function timed(run: Do): Do {
  return async (context) => {
    const { step } = context.binding
    const { plan } = context.operation
    const known = context.facts.restore?.times?.[step]
    const title = known?.title ?? titleOf(doingOf(step), plan, context.facts.restore)
    const beganAt = known?.beganAt ?? context.now()
    const note = (endedAt: Date | null) =>
      noteRestore(context, { times: { ...context.facts.restore?.times, [step]: { title, beganAt, endedAt } } })
    note(null)
    // The steps look at what they wait for themselves, of the same machines that work.
    context.cluster.calm(new Date(context.now().getTime() + calmMs))
    try {
      return await run(context)
    } finally {
      note(context.now())
    }
  }
}
