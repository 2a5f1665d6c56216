import { openServersOf } from './pool-servers.ts'
import type { Pool, PoolerDetail } from './pooler-detail.ts'

/** A limit that pools share: when it is reached, clients wait or are refused while their own pool looks half empty. */
export interface PoolLimit {
  kind:
    | 'database-servers' // max_db_connections
    | 'user-servers' // max_user_connections
    | 'clients' // max_client_conn of the whole process
    | 'database-clients' // max_db_client_connections
    | 'user-clients' // max_user_client_connections
  /** Database or user that it is set for; null = the whole process. */
  name: string | null
  used: number
  max: number
}

/** Of the limits beyond one pool that hold for it, the one that is nearest to being reached; null = none is set. */
export function nearestLimit(pool: Pool, detail: PoolerDetail): PoolLimit | null {
  return poolLimits(pool, detail).toSorted((a, b) => b.used / b.max - a.used / a.max)[0] ?? null
}

/** All limits beyond one pool that hold for it; those that are not set, or of which no use is told, are left out. */
export function poolLimits(pool: Pool, detail: PoolerDetail): PoolLimit[] {
  const database = detail.databases.find(({ name }) => name === pool.database)
  const user = detail.users.find(({ name }) => name === pool.user)
  const { lists, config } = detail
  const limit = (kind: PoolLimit['kind'], name: string | null, used: Told, max: Told): PoolLimit[] =>
    used === null || used === undefined || !max || max < 0 ? [] : [{ kind, name, used, max }]
  return [
    ...limit('database-servers', pool.database, database?.currentConnections, database?.maxConnections),
    ...limit(
      'user-servers',
      pool.user,
      user?.currentConnections ?? serversOf(pool.user, detail),
      user?.maxConnections ?? numberOf(config.max_user_connections),
    ),
    ...limit('clients', null, lists.used_clients, numberOf(config.max_client_conn)),
    ...limit('database-clients', pool.database, database?.currentClients, database?.maxClients),
    ...limit('user-clients', pool.user, user?.currentClients, user?.maxClients),
  ]
}

type Told = number | null | undefined

// Before 1.23 pgBouncer does not tell how many a user has.
function serversOf(user: string, { pools }: PoolerDetail): number {
  return pools.filter((pool) => pool.user === user).reduce((sum, pool) => sum + openServersOf(pool), 0)
}

function numberOf(setting: string | undefined): number | null {
  return setting !== undefined && /^\d{1,9}$/.test(setting) ? Number(setting) : null
}
