import { listNames } from '#domain/words.ts'
import { formatBytes } from '#domain/format.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { StepContext, StepOutcome } from '../define.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from '../recheck.ts'

/** Holds the plan against fresh readings of every member and against the rights its author has now. */
export async function preflight(context: StepContext): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  const { snapshot, plan } = found
  if (configuredAddress(context.cluster, snapshot, plan.leader) === null) {
    return { kind: 'refused', detail: notConfigured(plan.leader) }
  }
  const followersBefore = snapshot.members.filter(isFollowing).map(({ name }) => name)
  context.note({
    checkedAt: context.now(),
    followersBefore,
    isStandbyCluster: snapshot.isStandbyCluster,
    timelineAfter: null,
  })
  return { kind: 'done', detail: sentenceOf(snapshot, plan, followersBefore) }
}

/** Streams from somebody, as far as can be seen. */
export function isFollowing(member: Snapshot['members'][number]): boolean {
  return member.isListed && (member.state === 'streaming' || member.streamsFrom !== null)
}

function sentenceOf(snapshot: Snapshot, plan: SwitchoverPlan, followers: string[]): string {
  const timeline = plan.timeline === null ? '' : ` on timeline ${plan.timeline}`
  const followed = followers.length === 0 ? '' : `, ${listNames(followers)} stream`
  const candidate = plan.candidates.find(({ name }) => name === plan.candidate)
  const lag = candidate?.lagBytes ?? null
  const behind = candidate && lag !== null ? ` ${candidate.name} is ${formatBytes(lag)} behind.` : ''
  return `${snapshot.leader?.name} leads${timeline}${followed}.${behind}`
}
