import type { Snapshot } from './snapshot.ts'

/** The timeline of the member that leads, and where nobody leads the newest that is known; null where none is. */
export function lastTimelineOf({ leader, members, history }: Snapshot): number | null {
  const led = members.find(({ name }) => name === leader?.name)?.timeline ?? null
  if (led !== null) return led
  const known = members.flatMap(({ timeline }) => timeline ?? [])
  const ended = history.at(-1)
  if (ended) known.push(ended.timeline + 1)
  return known.length === 0 ? null : Math.max(...known)
}
