import { setTimeout as sleep } from 'node:timers/promises'
import { LookError } from '#server/adapters/look-error.ts'
import type { StepOutcome } from '../define.ts'
import { type SignalContext, withSessions } from './context.ts'
import { isOver } from './is-over.ts'

/** Sends the signal to this one session, guarded in the statement itself; where the answer is lost, it looks instead of sending again. */
export async function send(context: SignalContext): Promise<StepOutcome> {
  const { operation, signal } = context
  const { plan } = operation
  const sends = (context.facts.sends ?? 0) + 1
  await context.remember({ sends })
  return withSessions(context, async (sessions) => {
    await context.fence()
    context.say(`${plan.act === 'cancel' ? 'cancels' : 'terminates'} ${plan.aim}`)
    context.debugPoint('before-send')
    try {
      const sent = await sessions.send({ ...plan, queryStart: context.facts.queryStart ?? null }, signal)
      context.debugPoint('after-send')
      if (sent !== null) return { kind: 'done', detail: `Postgres on ${plan.member} took the signal.` }
      if (sends > 1) return { kind: 'done', detail: `${nameOf(plan)} had ended by then.` }
      return { kind: 'refused', detail: `${nameOf(plan)} has ended by itself: nothing was sent.` }
    } catch (error) {
      if (!(error instanceof LookError)) throw error
      if (!error.mayHaveArrived) return { kind: 'refused', detail: error.message }
      context.say(`the answer was lost, so it looks: ${error.message}`)
      return lookAfter(context)
    }
  })
}

/** After a crash: what is over is done; what is not may be sent the signal again, for it goes to that session and statement alone. */
export async function probe(context: SignalContext): Promise<StepOutcome | { kind: 'not-done' }> {
  if ((context.facts.sends ?? 0) === 0) return { kind: 'not-done' }
  const over = await withSessions(context, (sessions) => isOver(context, sessions))
  return over ? { kind: 'done', detail: `${nameOf(context.operation.plan)} is over.` } : { kind: 'not-done' }
}

/** Looks for a while whether it is over. */
async function lookAfter(context: SignalContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const giveUpAt = performance.now() + patienceMs
  let problem: string | null = null
  for (;;) {
    try {
      if (await withSessions(context, (sessions) => isOver(context, sessions)))
        return { kind: 'done', detail: `${nameOf(plan)} is over, although the answer did not say so.` }
      problem = null
    } catch (error) {
      if (!(error instanceof LookError)) throw error
      problem = error.message
    }
    if (performance.now() > giveUpAt) break
    await sleep(500, undefined, { signal: context.signal })
  }
  const seen = problem ?? `${nameOf(plan)} is still there; a signal may be on its way.`
  return { kind: 'unknown', detail: `${seen} See in pg_stat_activity on ${plan.member} before you ask again.` }
}

/** What is to end, as sentences begin. */
export function nameOf({ act, aim }: SignalContext['operation']['plan']): string {
  return act === 'cancel' ? `The statement of ${aim}` : `The session of ${aim}`
}

const patienceMs = 10_000
