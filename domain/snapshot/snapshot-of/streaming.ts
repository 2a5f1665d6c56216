import { isGone } from '#domain/snapshot/reachability.ts'
import type { ClusterReadings, MemberReadings } from '#domain/snapshot/readings.ts'
import { isStale } from '#domain/snapshot/staleness.ts'

/** Who streams from whom, by the walsenders that members report. */
export interface Streams {
  /** Replica name to the name of its source. */
  sourceOf: Map<string, string>
  /** False while the leader's walsenders cannot be seen: then nothing follows from a name that is not there. */
  isComplete: boolean
}

/** Gathers the walsenders of all members that answer; one failed look changes nothing. */
export function streamsOf(readings: ClusterReadings, leader: string | null, now: Date): Streams {
  const sourceOf = new Map<string, string>()
  for (const member of readings.members) {
    const { good } = member.status
    if (!good || !isHeard(member, now)) continue
    for (const sender of good.value.replication) {
      if (sender.state === 'streaming') sourceOf.set(sender.applicationName, member.name)
    }
  }
  return { sourceOf, isComplete: readings.members.some((member) => member.name === leader && isHeard(member, now)) }
}

function isHeard({ status: { good, problem } }: MemberReadings, now: Date): boolean {
  return good !== null && !isStale(good.observedAt, now) && !isGone(problem, now)
}
