import { memberAt } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import { listNames } from '#domain/words.ts'
import { currentOf } from './deep-age.ts'
import type { StackView } from './stack-view.ts'

/** What Patroni, the leader and HAProxy say now of a member that this console does not reach; null = none of them tells. */
export function othersSee(member: string, stack: StackView, snapshot: Snapshot | null, now: Date): string | null {
  const seen = snapshot?.members.find(({ name }) => name === member)
  const says = [
    seen && !isStale(seen.seenAt, now) ? `Patroni there calls it ${seen.state}` : null,
    streamedFrom(member, stack, now),
    snapshot === null ? null : inHaproxy(member, snapshot, now),
  ].filter((said) => said !== null)
  return says.length === 0 ? null : `${listNames(says)}.`
}

function streamedFrom(member: string, { members }: StackView, now: Date): string | null {
  const source = members.find(({ postgres }) =>
    currentOf(postgres, now)?.senders.some(({ application, state }) => application === member && state === 'streaming'),
  )
  return source ? `${source.name} streams to it` : null
}

function inHaproxy(member: string, snapshot: Snapshot, now: Date): string | null {
  const { haproxy } = snapshot
  if (haproxy === null || isStale(haproxy.seenAt, now, lookIntervalsMs.haproxy)) return null
  const servers = haproxy.backends.flatMap(({ servers: all }) => all)
  const own = servers.filter((server) => memberAt(server, snapshot).member === member)
  if (own.length === 0) return null
  return own.some(({ isUp }) => isUp) ? 'HAProxy has it up' : 'HAProxy has it down'
}
