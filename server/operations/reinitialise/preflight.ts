import { isFollowing } from '#domain/snapshot/following.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import type { StepOutcome } from '../define.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import type { ReinitialiseContext } from './context.ts'
import { recheck } from './recheck.ts'

/** Holds the plan against fresh readings of every member and against the rights its author has now. */
export async function preflight(context: ReinitialiseContext): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  const { snapshot, plan } = found
  const { member: name } = plan
  if (configuredAddress(context.cluster, snapshot, name) === null) {
    return { kind: 'refused', detail: notConfigured(name) }
  }
  const followersBefore = snapshot.members.filter(isFollowing).map((member) => member.name)
  context.note({ checkedAt: context.now(), followersBefore: followersBefore.filter((other) => other !== name) })
  for (const warning of plan.warnings) context.say(warning)
  const state = snapshot.members.find((member) => member.name === name)?.state ?? 'unknown'
  const timeline = plan.timeline === null ? '' : ` on timeline ${plan.timeline}`
  return { kind: 'done', detail: `${plan.leader} leads${timeline}; ${name} ${postgresState(state)}.` }
}
