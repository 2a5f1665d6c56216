import { memberAt } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { currentOf } from '#domain/stack/deep-age.ts'
import type { LiveHaproxy, LivePooler, LiveTraffic } from '#domain/stack/live-traffic.ts'
import { withOvertaken } from '#domain/stack/overtaken.ts'
import type { LiveRates } from './live-rates.ts'

/** What passes through each layer now; null = not seen now, or not known. */
export interface LiveNumbers {
  /** What comes in at HAProxy's frontends. */
  clients: LiveHaproxy['clients']
  members: LiveMember[]
}

export interface LiveMember {
  name: string
  /** Sessions that HAProxy has open to it. */
  sessions: number | null
  pool: LivePooler | null
  transactionsPerSecond: number | null
}

/** The numbers of each layer, of this moment only: none of before the leader changed, or of a node that is silent since. */
export function liveNumbers(traffic: LiveTraffic, rates: LiveRates, snapshot: Snapshot, now: Date): LiveNumbers {
  const seen = withOvertaken(traffic, snapshot)
  const haproxy = currentOf(seen.haproxy, now)
  return {
    clients: haproxy?.clients ?? null,
    members: seen.members.map(({ name, postgres, pooler }) => ({
      name,
      sessions: haproxy === null ? null : sessionsTo(name, haproxy, snapshot),
      pool: currentOf(pooler, now),
      transactionsPerSecond: currentOf(postgres, now) === null ? null : (rates.get(name)?.rate ?? null),
    })),
  }
}

function sessionsTo(member: string, { servers }: LiveHaproxy, snapshot: Snapshot): number {
  return servers
    .filter((server) => memberAt(server, snapshot).member === member)
    .reduce((sum, { sessions }) => sum + sessions, 0)
}
