import { formatDuration } from '#domain/format.ts'
import type { SwitchoverResult } from '#domain/operation/operation.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import { listNames } from '#domain/words.ts'
import type { Facts } from '../define.ts'
import { interruptionOf } from './interruption.ts'

/** What a switchover brought, as far as it was seen. */
export function resultOf(facts: Facts, plan: Pick<SwitchoverPlan, 'leader' | 'timeline'>): SwitchoverResult {
  return {
    newLeader: facts.newLeader ?? null,
    oldLeader: plan.leader,
    timelineBefore: plan.timeline,
    timelineAfter: facts.timelineAfter ?? null,
    ...interruptionOf(facts, plan.leader),
  }
}

/** The verified outcome in one sentence. */
export function succeededSentence(facts: Facts, plan: Pick<SwitchoverPlan, 'leader'>): string {
  const { interruptionMs } = interruptionOf(facts, plan.leader)
  const gap = interruptionMs === null ? '' : ` Writes were interrupted for ${formatDuration(interruptionMs)}.`
  const timeline = facts.timelineAfter ? ` on timeline ${facts.timelineAfter}` : ''
  return `Switched over to ${facts.newLeader}: it leads${timeline}, and ${followingWords(facts)}${gap}`
}

/** Who follows in the end, to end a sentence; names those that nobody waited for. */
export function followingWords({ followersAfter = [], leftOut = [] }: Facts): string {
  if (leftOut.length === 0) return 'every member follows.'
  const follow = followersAfter.length === 1 ? 'follows' : 'follow'
  const does = leftOut.length === 1 ? 'does' : 'do'
  return `${listNames(followersAfter)} ${follow}. ${listNames(leftOut)} did not follow before and ${does} not now.`
}
