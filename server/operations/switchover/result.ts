import { formatDuration } from '#domain/format.ts'
import type { SwitchoverResult } from '#domain/operation.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { Facts } from '../define.ts'

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
  return `Switched over to ${facts.newLeader}: it leads${timeline}, and every member follows.${gap}`
}

function interruptionOf(
  { oldWritableAt, newWritableAt, newLeader, isMeasuredThroughout, isStandbyCluster }: Facts,
  oldLeader: string,
): Pick<SwitchoverResult, 'interruptionMs' | 'interruptionBasis'> {
  if (!newLeader || isStandbyCluster) return { interruptionMs: null, interruptionBasis: null }
  if (!oldWritableAt || !newWritableAt) return { interruptionMs: null, interruptionBasis: notSeen }
  const basis = `${oldLeader} was last seen to take writes at ${clock(oldWritableAt)}, ${newLeader} first at ${clock(newWritableAt)}.`
  const gapMs = Math.max(0, newWritableAt.getTime() - oldWritableAt.getTime())
  if (!isMeasuredThroughout) return { interruptionMs: null, interruptionBasis: `${notSeen} ${basis}` }
  return {
    interruptionMs: gapMs,
    interruptionBasis: `${basis} Both were looked at every 0.2 s, so the true interruption may be up to 0.4 s shorter.`,
  }
}

const notSeen = 'Not measured: the looks were interrupted while the lead moved.'

function clock(at: Date): string {
  return `${at.toISOString().slice(11, 23)} UTC`
}
