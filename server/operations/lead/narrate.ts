import { formatInstant } from '#domain/format.ts'
import type { HistoryLine } from '#domain/snapshot/patroni.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import type { MemberSight, Sighting } from './sighting.ts'

/** What changed between two sightings, a line each, in the order of importance. */
export function narrate(previous: Sighting, next: Sighting): string[] {
  const lines: string[] = []
  for (const [name, sight] of Object.entries(next.members)) lines.push(...linesOf(name, previous.members[name], sight))
  if (previous.dcs && next.dcs && previous.dcs.leader !== next.dcs.leader) {
    lines.push(next.dcs.leader === null ? 'leader key free' : `${next.dcs.leader} holds the leader key`)
  }
  return lines
}

/** What is seen at one moment, in a sentence. */
export function describe({ dcs, members }: Sighting): string {
  const key = dcs === null ? 'the leader key is not to be seen' : `${dcs.leader ?? 'nobody'} holds the leader key`
  const states = Object.entries(members).map(([name, sight]) =>
    sight === null ? `${name} does not answer` : `${name} ${postgresState(sight.state)}`,
  )
  return `Last seen: ${[key, ...states].join(', ')}.`
}

/** How Patroni's history ends, in a sentence. */
export function lastLineOf(history: HistoryLine[]): string {
  const last = history.at(-1)
  if (!last) return "Patroni's history has no line."
  const at = last.endedAt === null ? '' : ` at ${formatInstant(last.endedAt)}`
  const then = last.newLeader === null ? '' : `, and ${last.newLeader} led from then on`
  return `The last line of Patroni's history: timeline ${last.timeline} ended${at}${then}.`
}

function linesOf(name: string, before: MemberSight | null | undefined, now: MemberSight | null): string[] {
  if (!before) return []
  if (now === null) return [`${name} does not answer`]
  const lines: string[] = []
  if (before.isWritable !== now.isWritable)
    lines.push(`${name} takes ${now.isWritable ? 'writes' : 'no writes any more'}`)
  if (before.state !== now.state) lines.push(`${name} ${postgresState(now.state)}`)
  if (now.timeline !== null && before.timeline !== null && before.timeline !== now.timeline) {
    lines.push(`${name} is on timeline ${now.timeline}`)
  }
  return lines
}
