import type { HaproxyPlan } from '#domain/plan/haproxy-plan.ts'
import type { HaproxyDetail, HaproxyServer } from '#domain/stack/haproxy-detail.ts'
import { isOnlyWriter, serverIn } from '#domain/stack/only-writer.ts'
import { LookError } from '#server/adapters/look-error.ts'
import type { HaproxyControl } from '#server/adapters/haproxy/control.ts'
import { AppError } from '#server/errors.ts'
import type { StepContext, StepOutcome } from '../define.ts'

type HaproxyContext = StepContext<HaproxyPlan>

/** Looks how the server stands: what was no outage when it was planned must not be one now. */
export async function preflight(context: HaproxyContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const detail = await controlOf(context).look(context.signal)
  const fault = faultOf(detail, plan)
  if (fault !== null) return { kind: 'refused', detail: fault }
  return { kind: 'done', detail: `${plan.server} is ${serverIn(detail, plan)?.status ?? 'unknown'} in ${plan.proxy}.` }
}

/** Asks HAProxy; asked twice it is the same. */
export async function ask(context: HaproxyContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const control = controlOf(context)
  await context.remember({ sends: (context.facts.sends ?? 0) + 1 })
  await context.fence()
  context.debugPoint('before-send')
  try {
    await control.ask(plan, context.signal)
    context.debugPoint('after-send')
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    if (!error.mayHaveArrived) return { kind: 'refused', detail: error.message }
    const server = await control.look(context.signal).then((detail) => serverIn(detail, plan))
    if (isDone(server, plan)) return { kind: 'done', detail: 'It is done, although the answer did not say so.' }
    return { kind: 'unknown', detail: `${error.message} See on its statistics page how ${plan.server} stands.` }
  }
  return { kind: 'done', detail: 'HAProxy did it.' }
}

/** After a crash: what stands as wanted is done, and all else may be asked again. */
export async function probe(context: HaproxyContext): Promise<StepOutcome | { kind: 'not-done' }> {
  const { plan } = context.operation
  const server = serverIn(await controlOf(context).look(context.signal), plan)
  return isDone(server, plan) ? { kind: 'done', detail: 'HAProxy did it.' } : { kind: 'not-done' }
}

/** Reads in the statistics that it is so. */
export async function verify(context: HaproxyContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const server = serverIn(await controlOf(context).look(context.signal), plan)
  if (server === null) return { kind: 'failed', detail: `HAProxy has no ${plan.server} in ${plan.proxy} any more.` }
  if (isDone(server, plan)) return { kind: 'done', detail: doneSentence(server, plan) }
  if (!server.isUp && server.admin === 'ready') {
    return {
      kind: 'done',
      detail: `${plan.server} went down meanwhile: HAProxy said that it did it, and does not show it of a server that is down.`,
    }
  }
  return { kind: 'failed', detail: `${plan.server} is ${server.status} in ${plan.proxy} all the same: ${others}` }
}

const others = 'somebody else may have changed it, or HAProxy was reloaded. Look and ask again.'

function isDone(server: HaproxyServer | null, { act }: HaproxyPlan): boolean {
  if (server === null) return false
  return act === 'drain' ? server.admin === 'drain' : server.isUp && server.admin === 'ready'
}

function doneSentence({ sessions, status }: HaproxyServer, { act, server, proxy }: HaproxyPlan): string {
  if (act === 'ready') return `${server} is ${status} in ${proxy}.`
  const left = sessions === 1 ? '1 session is' : `${sessions} sessions are`
  return `${server} is drained in ${proxy}; ${left} left on it.`
}

function faultOf(detail: HaproxyDetail, plan: HaproxyPlan): string | null {
  const { act, proxy, server } = plan
  const found = serverIn(detail, plan)
  if (found === null) return `HAProxy has no server ${server} in ${proxy}.`
  if (found.admin === 'maint') return `${server} is in maintenance in ${proxy}: whoever took it out puts it back.`
  if (act === 'ready') return null
  if (!found.isUp && found.admin === 'ready')
    return `${server} is down in ${proxy} by now: it gets no new connections as it is.`
  if (!isOnlyWriter(detail, plan) || plan.confirm === `${proxy}/${server}`) return null
  return `${server} has become the only server that takes connections in ${proxy}: draining it keeps all writes out. Look at the new plan and confirm that.`
}

function controlOf({ cluster, operation }: HaproxyContext): HaproxyControl {
  if (cluster.haproxy) return cluster.haproxy
  throw new AppError('refused', `The console is told of no HAProxy of ${operation.clusterName} any more.`)
}
