import type { StepOutcome } from '../define.ts'
import { doJobs, type Failure } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { lookAtLeader } from './members.ts'
import { withRefusedLogin } from './refused-login.ts'
import { untilFound } from './until.ts'

/** Starts Patroni over the recovered Postgres, which goes on running: it takes the lead as it is, without another timeline. */
export async function adopt(context: RestoreContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const led = await startAndLead(context, node)
  if ('kind' in led) return withRefusedLogin(context, led, { database: node, logs: [{ node, log: 'recovery' }] })
  const { timeline } = led
  const { newTimeline } = context.facts.restore ?? {}
  if (timeline !== null) noteRestore(context, { newTimeline: timeline })
  if (timeline !== null && newTimeline !== undefined && timeline !== newTimeline) {
    // Then it has started Postgres itself, without what kept it from archiving.
    noteRestore(context, { isPublished: true })
    return {
      kind: 'done',
      detail: `${node} leads on timeline ${timeline}: Patroni did not take over Postgres as it ran on timeline ${newTimeline}, but started it anew, so this is archived already.`,
    }
  }
  return {
    kind: 'done',
    detail: `${node} leads${timeline === null ? '' : ` on timeline ${timeline}`}; nothing of it is archived yet.`,
  }
}

/** Unmasks and starts Patroni on a node and waits until it leads and takes writes. */
export async function startAndLead(
  context: RestoreContext,
  node: string,
): Promise<{ timeline: number | null } | Exclude<StepOutcome, { kind: 'done' }>> {
  const failure = await start(context, node)
  if (failure) return failure
  const led = await untilFound(
    context,
    { what: `${node} leads and takes writes`, withinMs: 180_000, everyMs: 150 },
    () => lookAtLeader(context, node),
  )
  return 'found' in led ? { timeline: led.found.timeline } : led
}

/** Lets Patroni start on a node again, and starts it; null once both are done, else how it failed. */
export async function start(context: RestoreContext, node: string): Promise<Failure | null> {
  const failure = await doJobs(context, [
    { node, verb: 'patroni-unmask', args: {}, part: 'unmask' },
    { node, verb: 'patroni-start', args: {}, part: 'start' },
  ])
  if (failure) return failure
  noteRestore(context, { startedOn: [...new Set([...(context.facts.restore?.startedOn ?? []), node])] })
  return null
}
