import { type FoundSession } from '#server/adapters/postgres/sessions.ts'
import { grantSentence, superuserSentence } from '#server/adapters/postgres/signal-problem.ts'
import type { SignalPlan } from '#domain/plan/signal-plan.ts'
import type { StepOutcome } from '../define.ts'
import { type SignalContext, withSessions } from './context.ts'

/** Looks whose session it is now, and whether a signal would come to anything. */
export async function preflight(context: SignalContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  return withSessions(context, async (sessions) => {
    const found = await sessions.find(plan, context.signal)
    if (found === null) return { kind: 'refused', detail: `${plan.aim} has ended by itself: nothing is left to do.` }
    const fault = faultOf(found, plan, sessions.user)
    if (fault !== null) return { kind: 'refused', detail: fault }
    await context.remember({ queryStart: found.queryStart })
    return { kind: 'done', detail: whoIs(found, plan) }
  })
}

function faultOf(found: FoundSession, { act, member, aim }: SignalPlan, user: string): string | null {
  const { backendType, isSuperuser, maySignal, state } = found
  const where = `on ${member}`
  if (backendType === '') {
    return `The console's user sees nothing of ${aim} but that it is there. Run there as a superuser, on the leader: GRANT pg_monitor, pg_signal_backend TO "${user.replaceAll('"', '""')}";`
  }
  if (backendType !== 'client backend') {
    return `${aim} is no session of a client but a ${backendType}: it is left alone.`
  }
  if (!maySignal) return isSuperuser ? superuserSentence(where) : grantSentence(where, user)
  if (act === 'cancel' && state !== 'active') {
    return `${aim} runs no statement now, it is ${state ?? 'in an unknown state'}: a cancel would do nothing. To end its transaction, terminate it.`
  }
  return null
}

function whoIs({ user, database, application, state }: FoundSession, { aim }: SignalPlan): string {
  const through = application === '' ? '' : ` through ${application}`
  return `${aim} is of ${user ?? 'nobody'} in ${database ?? 'no database'}${through}, ${state ?? 'in an unknown state'}.`
}
