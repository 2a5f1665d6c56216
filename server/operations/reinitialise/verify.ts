import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { followedTimeline } from '../lead/followed.ts'
import type { ReinitialiseContext } from './context.ts'

/** Holds the outcome against fresh readings: a leader at work, the member follows it, and so do those that did before. */
export async function verify(context: ReinitialiseContext, patienceMs = 60_000): Promise<StepOutcome> {
  await freshSnapshot(context)
  const { member, leader: before } = context.operation.plan
  let last = 'nothing was seen'
  const found = await waitFor(context, patienceMs, (snapshot) => {
    const fault = faultIn(snapshot, context)
    if (fault === null) return snapshot
    last = fault
    return null
  })
  if (found === null)
    return { kind: 'failed', detail: `${member} was copied anew, but not all is well after a minute: ${last}.` }
  const leader = found.leader?.name ?? ''
  const timeline = found.members.find(({ name }) => name === leader)?.timeline ?? null
  await context.remember({ newLeader: leader, timelineAfter: timeline })
  const lead = leader === before ? `${leader} leads as before` : `${leader} leads by now instead of ${before}`
  return {
    kind: 'done',
    detail: `${lead}${timeline === null ? '' : `, on timeline ${timeline}`}; every member that followed before does.`,
  }
}

function faultIn(snapshot: Snapshot, { facts, operation, now }: ReinitialiseContext): string | null {
  const state = leaderStateOf(snapshot, now())
  if (state.kind !== 'working') return 'nobody leads at work'
  const leader = state.member.name
  const must = [operation.plan.member, ...(facts.followersBefore ?? [])].filter((name) => name !== leader)
  const left = must.filter((name) => followedTimeline(snapshot, name, leader) === null)
  return left.length === 0 ? null : `${listNames(left)} ${left.length === 1 ? 'does' : 'do'} not follow ${leader}`
}
