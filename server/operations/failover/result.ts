import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import { formatInstant } from '#domain/format.ts'
import type { SwitchoverResult } from '#domain/operation/operation.ts'
import { listNames } from '#domain/words.ts'
import type { Facts } from '../define.ts'

/** What a failover brought, as far as it was seen. */
export function failoverResult(facts: Facts, plan: FailoverPlan): SwitchoverResult {
  return {
    newLeader: facts.newLeader ?? null,
    oldLeader: plan.leader || (plan.formerLeader ?? ''),
    timelineBefore: plan.timeline,
    timelineAfter: facts.timelineAfter ?? null,
    ...outageOf(facts, plan),
  }
}

/** For how long nobody was seen to take writes: the regular looks are some seconds apart, and so is this. */
function outageOf(
  { newLeader, newWritableAt, isStandbyCluster }: Facts,
  { leader, formerLeader, writesSeenAt }: FailoverPlan,
): Pick<SwitchoverResult, 'interruptionMs' | 'interruptionBasis'> {
  if (!newLeader) return { interruptionMs: null, interruptionBasis: null }
  if (isStandbyCluster) {
    return { interruptionMs: null, interruptionBasis: 'There was none to measure: a standby cluster takes no writes.' }
  }
  const old = leader || formerLeader
  if (!newWritableAt || !writesSeenAt || !old || newWritableAt < writesSeenAt) {
    return {
      interruptionMs: null,
      interruptionBasis: `Not measured: ${old ?? 'who led before'} was not seen to take writes.`,
    }
  }
  return {
    interruptionMs: newWritableAt.getTime() - writesSeenAt.getTime(),
    interruptionBasis: `${old} was last seen to take writes at ${formatInstant(writesSeenAt)}, ${newLeader} first at ${formatInstant(newWritableAt)}. The looks at ${old} were some seconds apart.`,
  }
}

/** The verified outcome in one sentence. */
export function failedOverSentence(facts: Facts): string {
  const timeline = facts.timelineAfter ? ` on timeline ${facts.timelineAfter}` : ''
  const writes = facts.isStandbyCluster ? '' : ' and takes writes'
  return `Failed over to ${facts.newLeader}: it leads${timeline}${writes}. ${followersSentence(facts)}`
}

/** Who follows in the end, and who does not. */
export function followersSentence({ followersAfter = [], leftOut = [] }: Facts): string {
  const follow = `${listNames(followersAfter)} ${followersAfter.length === 1 ? 'follows' : 'follow'}.`
  if (leftOut.length === 0) return followersAfter.length === 0 ? 'It has no replica.' : follow
  const left = `${listNames(leftOut)} ${leftOut.length === 1 ? 'does' : 'do'} not follow.`
  return followersAfter.length === 0 ? `Nobody follows it: ${left}` : `${follow} ${left}`
}
