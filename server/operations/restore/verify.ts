import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { followedTimeline } from '../lead/followed.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { standingOf } from './standing.ts'
import { leaderOnReturn } from './who-leads.ts'

/** Holds the end against fresh readings of every member: the recovered node leads and everybody follows it. */
export function verify(context: RestoreContext): Promise<StepOutcome> {
  return verifyLead(context, context.operation.plan.node)
}

/** The same of the old cluster, once it is back. */
export async function verifyReturn(context: RestoreContext): Promise<StepOutcome> {
  const { ended, facts, operation } = context
  const { calledOff } = standingOf({ plan: operation.plan, facts, ended })
  if (calledOff !== null) noteRestore(context, { abandonedWhy: calledOff })
  const end = await verifyLead(context, await leaderOnReturn(context))
  if (end.kind === 'done') noteRestore(context, { isReturned: true })
  return end
}

async function verifyLead(context: RestoreContext, leader: string): Promise<StepOutcome> {
  const { node, replicas } = context.operation.plan
  const { leftOut = [] } = context.facts.restore ?? {}
  const others = [node, ...replicas].filter((name) => name !== leader && !leftOut.includes(name))
  await freshSnapshot(context)
  let last = 'nothing was seen'
  const found = await waitFor(context, patienceMs, (snapshot) => {
    const fault = faultIn(snapshot, leader, others, context.now())
    if (fault === null) return snapshot
    last = fault
    return null
  })
  if (found === null)
    return { kind: 'failed', detail: `Not all is well after ${patienceMs / 60_000} minutes: ${last}.` }
  const timeline = found.members.find(({ name }) => name === leader)?.timeline ?? null
  noteRestore(context, {
    timelineAfter: timeline,
    members: found.members
      .filter(({ name }) => name === leader || others.includes(name))
      .map(({ name, role, timeline: own }) => ({ name, role, timeline: own, isStreaming: name !== leader })),
  })
  const followed = others.length === 0 ? '' : `, and ${listNames(others)} ${others.length === 1 ? 'follows' : 'follow'}`
  return { kind: 'done', detail: `${leader} leads${timeline === null ? '' : ` on timeline ${timeline}`}${followed}.` }
}

const patienceMs = 120_000

function faultIn(snapshot: Snapshot, leader: string, others: readonly string[], now: Date): string | null {
  const state = leaderStateOf(snapshot, now)
  if (state.kind !== 'working') return `${leader} does not lead at work`
  if (state.member.name !== leader) return `${state.member.name} leads by now`
  const left = others.filter((name) => followedTimeline(snapshot, name, leader) === null)
  return left.length === 0 ? null : `${listNames(left)} ${left.length === 1 ? 'does' : 'do'} not follow ${leader}`
}
