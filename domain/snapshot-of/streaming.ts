import type { ClusterReadings } from '../readings.ts'
import { isStale } from '../staleness.ts'

/** Who streams from whom, by the walsenders that members report: replica name to the name of its source. */
export function streamsOf(readings: ClusterReadings, now: Date): Map<string, string> {
  const streams = new Map<string, string>()
  for (const member of readings.members) {
    const { good, problem } = member.status
    if (!good || problem || isStale(good.observedAt, now)) continue
    for (const sender of good.value.replication) {
      if (sender.state === 'streaming') streams.set(sender.applicationName, member.name)
    }
  }
  return streams
}
