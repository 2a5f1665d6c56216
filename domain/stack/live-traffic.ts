import type { HaproxyDetail } from './haproxy-detail.ts'
import { poolCap } from './pool-cap.ts'
import { busyServersOf } from './pool-servers.ts'
import type { PoolerDetail } from './pooler-detail.ts'
import type { Layers, Looked, StackView } from './stack-view.ts'

/** What passes through each layer of one cluster: the few numbers of a view of its layers that a drawing shows. */
export interface LiveTraffic extends Layers<LivePostgres, LivePooler, LiveHaproxy> {
  takenAt: Date
}

/** Transactions of all databases, ended either way, since the statistics were last reset. */
export interface LivePostgres {
  transactionsTotal: number
}

/** All pools of one pooler together. */
export interface LivePooler {
  busy: number
  /** Null = a pool without a limit. */
  cap: number | null
  waiting: number
}

export interface LiveHaproxy {
  /** What comes in at its frontends; null = it has none of TCP. */
  clients: { sessions: number; perSecond: number } | null
  /** Of all its proxies. */
  servers: { name: string; address: string | null; sessions: number }[]
}

/** The live numbers of a view. */
export function liveTrafficOf({ takenAt, members, haproxy }: StackView): LiveTraffic {
  return {
    takenAt,
    members: members.map(({ name, postgres, pooler }) => ({
      name,
      postgres: withValue(postgres, ({ databases }) => ({
        transactionsTotal: databases.reduce((sum, one) => sum + one.commitsTotal + one.rollbacksTotal, 0),
      })),
      pooler: withValue(pooler, poolerOf),
    })),
    haproxy: withValue(haproxy, haproxyOf),
  }
}

function withValue<T, U>(looked: Looked<T> | null, valueOf: (value: T) => U): Looked<U> | null {
  return looked && { ...looked, value: looked.value === null ? null : valueOf(looked.value) }
}

/** The caps of pools add up only where each has one. */
function poolerOf(detail: PoolerDetail): LivePooler {
  const caps = detail.pools.map((pool) => poolCap(pool, detail))
  const isLimited = caps.length > 0 && caps.every((cap) => cap !== null)
  return {
    busy: detail.pools.reduce((sum, pool) => sum + busyServersOf(pool), 0),
    cap: isLimited ? caps.reduce((sum: number, cap) => sum + (cap ?? 0), 0) : null,
    waiting: detail.pools.reduce((sum, { clientsWaiting }) => sum + clientsWaiting, 0),
  }
}

function haproxyOf({ proxies }: HaproxyDetail): LiveHaproxy {
  // HAProxy's own page of statistics is a frontend, too, and nobody of the cluster's clients.
  const own = proxies.filter(({ frontend, mode }) => frontend !== null && mode === 'tcp')
  return {
    clients:
      own.length === 0
        ? null
        : {
            sessions: own.reduce((sum, { frontend }) => sum + (frontend?.sessions ?? 0), 0),
            perSecond: own.reduce((sum, { frontend }) => sum + (frontend?.rate ?? 0), 0),
          },
    servers: proxies.flatMap(({ servers }) =>
      servers.map(({ name, address, sessions }) => ({ name, address, sessions })),
    ),
  }
}
