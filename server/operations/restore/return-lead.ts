import { isDeepStrictEqual } from 'node:util'
import type { StepOutcome } from '../define.ts'
import { start, startAndLead } from './adopt.ts'
import { whoIsAhead } from './ahead.ts'
import { byReach, controlOf, reachedBy } from './control.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/**
 * The old leader leads again, on its own data. Where somebody else took the lead in between, that one does: started after it, it would rewind what was
 * written since. A node that cannot be asked holds nothing up: most often that is why everything is taken back.
 */
export async function returnLeader(context: RestoreContext, patienceMs = 20_000): Promise<StepOutcome> {
  const { leader } = context.operation.plan
  const known = context.facts.restore?.returnedTo
  const ahead = known === undefined ? await whoIsAhead(context, patienceMs) : null
  const heir = known ?? ahead?.node ?? leader
  const led = await leadBy(context, heir)
  if (led.kind !== 'done' || heir === leader) return led
  const why =
    ahead === null
      ? ''
      : ` It has data of timeline ${ahead.timeline}, ${leader} only of timeline ${ahead.leaderTimeline}: the lead had moved in between.`
  const failure = await start(context, leader)
  return failure ?? { kind: 'done', detail: `${led.detail}${why} Patroni is started on ${leader} as well, to follow.` }
}

/**
 * Where the leader's data was overwritten, the replica that is furthest leads: started first and alone, nobody can be before it. Data that pgBackRest did
 * not come to touch is furthest of all.
 */
export async function leadByReplica(context: RestoreContext): Promise<StepOutcome> {
  const { node: own, replicas } = context.operation.plan
  const known = context.facts.restore?.returnedTo
  if (known !== undefined) return leadBy(context, known)
  if (await isUntouched(context)) {
    context.say(`the data of ${own} was not overwritten yet`)
    return leadBy(context, own)
  }
  const reached = await Promise.all(
    replicas.map(async (node) => {
      const control = await controlOf(context, node)
      return { node, ...reachedBy(control ?? {}) }
    }),
  )
  const [furthest] = reached.filter(({ lsn }) => lsn > 0).toSorted(byReach)
  if (furthest === undefined) return { kind: 'failed', detail: 'There is no replica that could lead.' }
  context.say(`${furthest.node} is furthest of the replicas`)
  return leadBy(context, furthest.node)
}

/** pgBackRest takes the control file away before it touches anything else, and puts another there last. */
async function isUntouched(context: RestoreContext): Promise<boolean> {
  const { node } = context.operation.plan
  const before = context.facts.restore?.controlBefore
  // Kept before the first restore is asked for: without it there was none.
  if (before === undefined) return true
  return isDeepStrictEqual(await controlOf(context, node), before)
}

async function leadBy(context: RestoreContext, node: string): Promise<StepOutcome> {
  noteRestore(context, { returnedTo: node })
  await context.remember({})
  const led = await startAndLead(context, node)
  if ('kind' in led) return led
  noteRestore(context, { timelineAfter: led.timeline })
  return { kind: 'done', detail: `${node} leads again${led.timeline === null ? '' : `, on timeline ${led.timeline}`}.` }
}
