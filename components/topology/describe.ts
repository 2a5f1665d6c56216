import { listNames } from '#domain/words.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import { streamsOf } from './streams.ts'

/** The drawing in words, for those who do not see it. */
export function describeTopology(snapshot: Snapshot): string {
  const parts: string[] = []
  parts.push(snapshot.leader ? `${snapshot.leader.name} leads.` : 'Nobody leads.')
  const bySource = new Map<string, string[]>()
  for (const stream of streamsOf(snapshot)) {
    bySource.set(stream.from, [...(bySource.get(stream.from) ?? []), stream.to])
  }
  for (const [source, targets] of bySource) {
    parts.push(`${listNames(targets)} ${targets.length === 1 ? 'streams' : 'stream'} from ${source}.`)
  }
  return parts.join(' ')
}
