import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { Lag } from '#domain/snapshot/patroni.ts'

/** WAL that flows from one member to another. */
export interface Stream {
  from: string
  to: string
  receiveLag: Lag | null
  lagObservedAt: Date | null
}

/** Who streams from whom, as far as both ends are on the drawing. */
export function streamsOf(snapshot: Snapshot): Stream[] {
  const names = new Set(snapshot.members.map((member) => member.name))
  return snapshot.members.flatMap((member) => {
    const from = member.streamsFrom
    if (from === null || from === member.name || !names.has(from)) return []
    return [{ from, to: member.name, receiveLag: member.receiveLag, lagObservedAt: member.lagObservedAt }]
  })
}

/** How many columns each stream spans at most; 0 where nothing streams. */
export function reachOf(streams: readonly Stream[], names: readonly string[]): number {
  return Math.max(0, ...streams.map((stream) => Math.abs(names.indexOf(stream.from) - names.indexOf(stream.to))))
}
