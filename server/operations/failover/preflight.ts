import { isFollowing } from '#domain/snapshot/following.ts'
import type { StepOutcome } from '../define.ts'
import type { FailoverContext } from './context.ts'
import { recheckFailover } from './recheck.ts'

/** Holds the plan against fresh readings of every member and against the rights its author has now; says again what it costs. */
export async function preflight(context: FailoverContext): Promise<StepOutcome> {
  const found = await recheckFailover(context)
  if ('kind' in found) return found
  const { snapshot, plan } = found
  context.note({
    checkedAt: context.now(),
    followersBefore: snapshot.members.filter(isFollowing).map(({ name }) => name),
    isStandbyCluster: snapshot.isStandbyCluster,
    timelineAfter: null,
  })
  for (const warning of plan.warnings) context.say(warning)
  const timeline = plan.timeline === null ? '' : `, last on timeline ${plan.timeline}`
  const lead =
    plan.leader === '' ? `Nobody leads${timeline}.` : `${plan.leader} holds the lead and does not work${timeline}.`
  return { kind: 'done', detail: plan.loss === null ? lead : `${lead} ${plan.loss.sentence}` }
}
