import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { strayWriter } from '#domain/judgement/split-brain.ts'
import type { StepOutcome } from '../define.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { followingOf } from '../lead/followed.ts'
import { type FailoverContext, namedIn } from './context.ts'
import { followersSentence } from './result.ts'

/** Holds the outcome against fresh readings: the named member leads and works, and nobody else takes writes. */
export async function verify(context: FailoverContext): Promise<StepOutcome> {
  await freshSnapshot(context)
  const { newLeader = '' } = context.facts
  let last = 'nothing was seen'
  const found = await waitFor(context, patienceMs, (snapshot) => {
    const fault = failoverFault(snapshot, newLeader, context.now())
    if (fault === null) return snapshot
    last = fault
    return null
  })
  if (found === null)
    return { kind: 'failed', detail: `The lead moved, but not all is well after half a minute: ${last}` }
  const timelineAfter = found.members.find(({ name }) => name === newLeader)?.timeline ?? null
  await context.remember({ timelineAfter, ...followingOf(found, newLeader) })
  const onTimeline = timelineAfter === null ? '' : ` on timeline ${timelineAfter}`
  const sentence = `${newLeader} leads${onTimeline}. ${followersSentence(context.facts)}`
  const candidate = namedIn(context)
  if (newLeader === candidate) return { kind: 'done', detail: sentence }
  return { kind: 'failed', detail: `${newLeader} took the lead instead of ${candidate}. As it is now, ${sentence}` }
}

const patienceMs = 30_000

/** What is not as it should be once the lead has moved, in a sentence; null where nothing is. */
export function failoverFault(snapshot: Snapshot, newLeader: string, now: Date): string | null {
  const stray = strayWriter(snapshot, now)
  if (stray !== null) {
    return `split brain: ${stray.name} takes writes beside ${newLeader}. Stop its Postgres, or keep clients away from it, at once.`
  }
  const state = leaderStateOf(snapshot, now)
  if (state.kind !== 'working') return `${newLeader} does not lead at work.`
  return state.member.name === newLeader ? null : `${state.member.name} leads by now.`
}
