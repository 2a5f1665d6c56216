import { poolCap } from './pool-cap.ts'
import { type PoolCondition, poolConditionOf } from './pool-condition.ts'
import { nearestLimit, type PoolLimit } from './pool-limit.ts'
import { busyServersOf, openServersOf } from './pool-servers.ts'
import { poolSentence } from './pool-words.ts'
import type { Pool, PoolerDetail } from './pooler-detail.ts'

/** How one pool, a database and a user, is used: different things, never one ratio. */
export interface PoolUse {
  database: string
  user: string
  /** session, transaction or statement. */
  mode: string
  /** Servers that no other client can have now; idle ones are free capacity. */
  busyServers: number
  openServers: number
  /** Servers it may open; null = no limit, or not told. */
  cap: number | null
  /** Servers beyond the cap, for clients that have waited long. */
  reserve: number
  /** Busy servers of the cap: 1 is healthy as long as nobody waits, and usual in session mode. Null without a cap. */
  busy: number | null
  /** Open servers of cap and reserve. Null without a cap. */
  opened: number | null
  clientsActive: number
  /** What tells that there are too few servers. */
  clientsWaiting: number
  /** Zero where nobody waits. */
  maxWaitSeconds: number
  condition: PoolCondition
  /** The limit beyond this pool that is nearest to being reached; null = none is set. */
  limit: PoolLimit | null
  sentence: string
}

/** How each pool of one pgBouncer is used, in the order it lists them. */
export function poolUses(detail: PoolerDetail): PoolUse[] {
  return detail.pools.map((pool) => poolUse(pool, detail))
}

function poolUse(pool: Pool, detail: PoolerDetail): PoolUse {
  const database = detail.databases.find(({ name }) => name === pool.database)
  const user = detail.users.find(({ name }) => name === pool.user)
  const cap = poolCap(pool, detail)
  const reserve = cap === null ? 0 : (user?.reservePoolSize ?? database?.reservePoolSize ?? 0)
  const busyServers = busyServersOf(pool)
  const openServers = openServersOf(pool)
  const isFull = cap !== null && cap > 0 && busyServers >= cap
  const use = {
    database: pool.database,
    user: pool.user,
    mode: pool.mode,
    busyServers,
    openServers,
    cap,
    reserve,
    busy: cap === null || cap === 0 ? null : busyServers / cap,
    opened: cap === null || cap + reserve === 0 ? null : openServers / (cap + reserve),
    clientsActive: pool.clientsActive,
    clientsWaiting: pool.clientsWaiting,
    maxWaitSeconds: pool.clientsWaiting > 0 ? pool.maxWaitSeconds : 0,
    condition: poolConditionOf(pool, { state: detail.state, database, isFull }),
    limit: nearestLimit(pool, detail),
  }
  return { ...use, sentence: poolSentence({ ...use, state: detail.state }) }
}
