import type { Pool, PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { Totals } from './counted.ts'
import type { MemberValues } from './member-values.ts'
import { largest } from './postgres-values.ts'

/** What one pooler says of itself that needs no look before it. */
export function poolValues(detail: PoolerDetail): MemberValues {
  const { pools, lists, config } = detail
  const all = (of: (pool: Pool) => number) => pools.reduce((sum, pool) => sum + of(pool), 0)
  const limit = Number(config['max_client_conn'])
  return {
    poolClientsActive: all(({ clientsActive }) => clientsActive),
    poolClientsWaiting: all(({ clientsWaiting }) => clientsWaiting),
    poolServersActive: all(({ serversActive }) => serversActive),
    poolServersIdle: all(({ serversIdle, serversUsed }) => serversIdle + serversUsed),
    poolBusy: largest(pools.map((pool) => busyPart(pool, detail))) ?? 0,
    poolMaxWaitSeconds: largest(pools.map(({ maxWaitSeconds }) => maxWaitSeconds)) ?? 0,
    poolClientUse: limit > 0 ? (lists['used_clients'] ?? NaN) / limit : null,
  }
}

/** How much of what a pool may open is taken, as pgBouncer itself counts: idle servers are room. Null where no limit is set or told. */
export function busyPart(pool: Pool, { databases, users }: PoolerDetail): number | null {
  const own = users.find(({ name }) => name === pool.user)?.poolSize
  const cap = own ?? databases.find(({ name }) => name === pool.database)?.poolSize ?? 0
  if (cap <= 0) return null
  return (pool.serversActive + pool.serversTested + pool.serversLogin + pool.serversBeingCanceled) / cap
}

/** What grows on one pooler. A database whose pool is gone takes its counters along. */
export function poolTotals({ stats }: PoolerDetail, seenAt: Date): Totals {
  return {
    seenAt,
    identity: '',
    parts: new Map(
      stats.map(({ database, transactions, queries, waitMicroseconds }) => [
        database,
        {
          identity: '',
          totals: {
            poolTransactionsPerSecond: transactions,
            poolQueriesPerSecond: queries,
            poolWaitSecondsPerSecond: waitMicroseconds / 1_000_000,
          },
        },
      ]),
    ),
  }
}
