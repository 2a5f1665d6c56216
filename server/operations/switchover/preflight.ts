import { listNames } from '#domain/words.ts'
import { isFollowing } from '#domain/snapshot/following.ts'
import { formatBytes } from '#domain/format.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { StepOutcome } from '../define.ts'
import type { SwitchoverContext } from './context.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from './recheck.ts'

/** Holds the plan against fresh readings of every member and against the rights its author has now. */
export async function preflight(context: SwitchoverContext): Promise<StepOutcome> {
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

function sentenceOf(snapshot: Snapshot, plan: SwitchoverPlan, followers: string[]): string {
  const timeline = plan.timeline === null ? '' : ` on timeline ${plan.timeline}`
  const followed =
    followers.length === 0 ? '' : `, ${listNames(followers)} ${followers.length === 1 ? 'streams' : 'stream'}`
  const idle = snapshot.members
    .map(({ name }) => name)
    .filter((name) => name !== snapshot.leader?.name && !followers.includes(name))
  const left = idle.length === 0 ? '' : `, ${listNames(idle)} ${idle.length === 1 ? 'does' : 'do'} not`
  const candidate = plan.candidates.find(({ name }) => name === plan.candidate)
  const lag = candidate?.lagBytes ?? null
  const behind = candidate && lag !== null ? ` ${candidate.name} is ${formatBytes(lag)} behind.` : ''
  return `${snapshot.leader?.name} leads${timeline}${followed}${left}.${behind}`
}
