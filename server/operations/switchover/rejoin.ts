import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isFollowing } from '#domain/snapshot/following.ts'
import { formatDuration } from '#domain/format.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import type { StepOutcome } from '../define.ts'
import type { SwitchoverContext } from './context.ts'
import { waitFor } from '../fresh-snapshot.ts'
import { followedTimeline } from '../lead/followed.ts'

/** Waits until the old leader follows the new one on its timeline. */
export async function rejoin(context: SwitchoverContext): Promise<StepOutcome> {
  const { leader } = context.operation.plan
  const newLeader = context.facts.newLeader ?? ''
  let told = ''
  let last: MemberSnapshot | null = null
  const timeline = await waitFor(context, patienceMs, (snapshot) => {
    const member = snapshot.members.find(({ name }) => name === leader) ?? null
    const words = member ? wordsFor(member) : ''
    if (words !== told && told !== '') context.say(`${leader} ${words}`)
    told = words
    last = member
    return followedTimeline(snapshot, leader, newLeader)
  })
  if (timeline !== null) return { kind: 'done', detail: `${leader} follows ${newLeader}${onTimeline(timeline.value)}.` }
  return {
    kind: 'failed',
    detail: `${newLeader} leads${context.facts.isStandbyCluster ? '' : ' and takes writes'}, but ${leader} does not follow it after ${formatDuration(patienceMs)}${last === null ? '' : `: it ${told}`}. Until it does it cannot take over; its Patroni log says what holds it up.`,
  }
}

const patienceMs = 180_000

function wordsFor(member: MemberSnapshot): string {
  if (member.problem !== null) return 'does not answer'
  if (isFollowing(member)) return `streams${onTimeline(member.timeline)}`
  return postgresState(member.state)
}

function onTimeline(timeline: number | null): string {
  return timeline === null ? '' : ` on timeline ${timeline}`
}
