import { busyServersOf } from '#domain/stack/pool-servers.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import { counter, gauge, sample, type FamilySample } from './family.ts'

export const poolerFamilies = {
  busy: gauge(
    'pooler_busy_servers',
    'Servers of a pooler that no other client can have now, over all pools of a database.',
  ),
  idle: gauge(
    'pooler_idle_servers',
    'Servers of a pooler that a client could have at once, over all pools of a database.',
  ),
  transactions: counter('pooler_transactions', 'Transactions through a pooler to a database.'),
  queries: counter('pooler_queries', 'Queries through a pooler to a database.'),
  received: counter('pooler_received_bytes', 'Bytes that a pooler received from clients of a database.'),
  sent: counter('pooler_sent_bytes', 'Bytes that a pooler sent to clients of a database.'),
  waited: counter('pooler_wait_seconds', 'Time that clients of a database waited for a server.'),
} as const

/** Databases of one pooler that are told of, the busiest. */
const mostDatabases = 100

/** What one pooler tells of each database beside the facts that rules read of its pools. */
export function poolerSamples(cluster: string, member: string, detail: PoolerDetail): FamilySample[] {
  const stats = detail.stats.toSorted((a, b) => b.transactions - a.transactions).slice(0, mostDatabases)
  return stats.flatMap((each) => {
    const labels = { cluster, member, database: each.database }
    const pools = detail.pools.filter(({ database }) => database === each.database)
    const busy = pools.reduce((sum, pool) => sum + busyServersOf(pool), 0)
    const idle = pools.reduce((sum, { serversIdle, serversUsed }) => sum + serversIdle + serversUsed, 0)
    return [
      ...sample(poolerFamilies.busy, labels, busy),
      ...sample(poolerFamilies.idle, labels, idle),
      ...sample(poolerFamilies.transactions, labels, each.transactions),
      ...sample(poolerFamilies.queries, labels, each.queries),
      ...sample(poolerFamilies.received, labels, each.receivedBytes),
      ...sample(poolerFamilies.sent, labels, each.sentBytes),
      ...sample(poolerFamilies.waited, labels, each.waitMicroseconds / 1e6),
    ]
  })
}
