import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import type { Facts, StepOutcome } from '../define.ts'
import type { SwitchoverContext } from './context.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { followedTimeline, followingOf } from '../lead/followed.ts'
import { followingWords } from './result.ts'

/** Holds the outcome against fresh readings of every member: one leader at work, nobody left behind. */
export async function verify(context: SwitchoverContext): Promise<StepOutcome> {
  await freshSnapshot(context)
  let last = 'nothing was seen'
  const found = await waitFor(context, patienceMs, (snapshot) => {
    const fault = faultIn(snapshot, context.facts, context.operation.plan.leader, context.now())
    if (fault === null) return snapshot
    last = fault
    return null
  })
  if (found === null) return { kind: 'failed', detail: `The lead moved, but not all is well after a minute: ${last}.` }
  const { newLeader = '' } = context.facts
  const timelineAfter = found.members.find(({ name }) => name === newLeader)?.timeline ?? null
  await context.remember({ timelineAfter, ...followingOf(found, newLeader) })
  const { candidate } = context.operation.plan
  const sentence = `${newLeader} leads${timelineAfter === null ? '' : ` on timeline ${timelineAfter}`}, and ${followingWords(context.facts)}`
  if (candidate === null || newLeader === candidate) return { kind: 'done', detail: sentence }
  return {
    kind: 'failed',
    detail: `The lead moved to ${newLeader} instead of ${candidate}: Patroni chose otherwise at the last moment. As it is now, ${sentence}`,
  }
}

const patienceMs = 60_000

/** What is not as it should be after the lead moved; null when all is. */
export function faultIn(snapshot: Snapshot, facts: Facts, oldLeader: string, now: Date): string | null {
  const { newLeader = '', followersBefore = [] } = facts
  const state = leaderStateOf(snapshot, now)
  if (state.kind !== 'working') return `${newLeader} does not lead at work`
  if (state.member.name !== newLeader) return `${state.member.name} leads by now`
  const mustFollow = [oldLeader, ...followersBefore].filter((name) => name !== newLeader)
  const left = mustFollow.filter((name) => followedTimeline(snapshot, name, newLeader) === null)
  return left.length === 0 ? null : `${listNames(left)} ${left.length === 1 ? 'does' : 'do'} not follow ${newLeader}`
}
