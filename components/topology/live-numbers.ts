import { memberAt } from '#domain/route.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import { currentOf } from '#domain/stack/deep-age.ts'
import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'
import { poolCap } from '#domain/stack/pool-cap.ts'
import { busyServersOf } from '#domain/stack/pool-servers.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { LiveRates } from './live-rates.ts'

/** What passes through each layer now; null = not seen now, or not known. */
export interface LiveNumbers {
  /** What comes in at HAProxy's frontends. */
  clients: { sessions: number; perSecond: number } | null
  members: LiveMember[]
}

export interface LiveMember {
  name: string
  /** Sessions that HAProxy has open to it. */
  sessions: number | null
  pool: { busy: number; /** Null = a pool without a limit. */ cap: number | null; waiting: number } | null
  transactionsPerSecond: number | null
}

/** The numbers of each layer, of this moment only. */
export function liveNumbers(stack: StackView, rates: LiveRates, snapshot: Snapshot, now: Date): LiveNumbers {
  const haproxy = currentOf(stack.haproxy, now)
  return {
    clients: haproxy === null ? null : clientsOf(haproxy),
    members: stack.members.map(({ name, postgres, pooler }) => {
      const detail = currentOf(postgres, now)
      const pools = currentOf(pooler, now)
      return {
        name,
        sessions: haproxy === null ? null : sessionsTo(name, haproxy, snapshot),
        pool: pools === null ? null : poolOf(pools),
        transactionsPerSecond: detail === null ? null : (rates.get(name)?.rate ?? null),
      }
    }),
  }
}

function clientsOf({ proxies }: HaproxyDetail): LiveNumbers['clients'] {
  // HAProxy's own page of statistics is a frontend, too, and nobody of the cluster's clients.
  const own = proxies.filter(({ frontend, mode }) => frontend !== null && mode === 'tcp')
  if (own.length === 0) return null
  return {
    sessions: own.reduce((sum, { frontend }) => sum + (frontend?.sessions ?? 0), 0),
    perSecond: own.reduce((sum, { frontend }) => sum + (frontend?.rate ?? 0), 0),
  }
}

function sessionsTo(member: string, { proxies }: HaproxyDetail, snapshot: Snapshot): number {
  return proxies
    .flatMap(({ servers }) => servers)
    .filter((server) => memberAt(server, snapshot).member === member)
    .reduce((sum, { sessions }) => sum + sessions, 0)
}

/** All pools of one pooler together: their caps add up only where each has one. */
function poolOf(detail: PoolerDetail): NonNullable<LiveMember['pool']> {
  const caps = detail.pools.map((pool) => poolCap(pool, detail))
  const isLimited = caps.length > 0 && caps.every((cap) => cap !== null)
  return {
    busy: detail.pools.reduce((sum, pool) => sum + busyServersOf(pool), 0),
    cap: isLimited ? caps.reduce((sum: number, cap) => sum + (cap ?? 0), 0) : null,
    waiting: detail.pools.reduce((sum, { clientsWaiting }) => sum + clientsWaiting, 0),
  }
}
