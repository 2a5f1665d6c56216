import { isDeepStrictEqual } from 'node:util'
import type { StepOutcome } from '../define.ts'
import { start, startAndLead } from './adopt.ts'
import { type Ahead, aheadOf, askReach } from './ahead.ts'
import { byReach, controlOf } from './control.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { askToPassOver } from './pass-over.ts'

/**
 * The old leader leads again, on its own data. Where somebody else took the lead in between, that one does: started after it, it would rewind what was
 * written since. Whether to go on without a node that cannot be asked a person decides.
 */
export async function returnLeader(context: RestoreContext, patience = usualPatience): Promise<StepOutcome> {
  const { leader } = context.operation.plan
  const known = context.facts.restore?.returnedTo
  const ahead = known === undefined ? await lookAhead(context, patience) : null
  if (ahead !== null && 'kind' in ahead) return ahead
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

/** As long as for a job for the leader, without which nothing comes back; a person is asked sooner about others, as everybody is shut out meanwhile. */
const usualPatience = { leaderMs: 120_000, otherMs: 20_000 }

/** Who has data of a younger timeline than the leader; how the step ends where that cannot be told. */
async function lookAhead(
  context: RestoreContext,
  { leaderMs, otherMs }: typeof usualPatience,
): Promise<Ahead | null | Failed> {
  const { node, leader, replicas } = context.operation.plan
  const others = [node, ...replicas].filter((name) => name !== leader)
  const [own, rest] = await Promise.all([askReach(context, [leader], leaderMs), askReach(context, others, otherMs)])
  const [silent] = own.unheard
  if (silent !== undefined) {
    noteRestore(context, { unheard: [] })
    return { kind: 'failed', detail: `How far ${leader} has come cannot be told: ${silent.why}` }
  }
  const ahead = aheadOf(leader, [...own.reached, ...rest.reached])
  return askToPassOver(context, rest.unheard, `${ahead?.node ?? leader} leads`) ?? ahead
}

/**
 * Where the leader's data was overwritten, the replica that is furthest leads: started first and alone, nobody can be before it. Data that pgBackRest did
 * not come to touch is furthest of all.
 */
export async function leadByReplica(context: RestoreContext, patienceMs = 60_000): Promise<StepOutcome> {
  const { node: own, replicas } = context.operation.plan
  const known = context.facts.restore?.returnedTo
  if (known !== undefined) return leadBy(context, known)
  if (await isUntouched(context)) {
    context.say(`the data of ${own} was not overwritten yet`)
    return leadBy(context, own)
  }
  const { reached, unheard } = await askReach(context, replicas, patienceMs)
  const [furthest] = reached.filter(({ lsn }) => lsn > 0).toSorted(byReach)
  if (furthest === undefined) {
    noteRestore(context, { unheard: [] })
    const why = unheard.map((each) => ` How far ${each.name} has come cannot be told: ${each.why}`).join('')
    return { kind: 'failed', detail: `There is no replica that could lead.${why}` }
  }
  const asking = askToPassOver(context, unheard, `${furthest.name} leads with what had reached it`)
  if (asking !== null) return asking
  context.say(`${furthest.name} is furthest of the replicas`)
  return leadBy(context, furthest.name)
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

type Failed = Extract<StepOutcome, { kind: 'failed' }>
