import { openServersOf } from './pool-servers.ts'
import type { Pool, PoolerDatabase, PoolerDetail } from './pooler-detail.ts'

/**
 * `fine`: nobody waits. `full`: every server is in use, but nobody waits. `waiting`: clients wait for a server. `paused`: clients would
 * wait because of PAUSE. `serverless`: they wait and no server is open, so none can be reached. `disabled`: it takes no new clients.
 */
export type PoolCondition = 'fine' | 'full' | 'waiting' | 'paused' | 'serverless' | 'disabled'

/** What a pool is in, by what is known of it now; `isFull` = as many servers are busy as it may open. */
export function poolConditionOf(
  pool: Pool,
  now: { state: PoolerDetail['state']; database: PoolerDatabase | undefined; isFull: boolean },
): PoolCondition {
  // Of a paused pool no server is open either: it must not be taken for one whose database is down.
  if (now.state === 'paused' || now.state === 'suspended' || now.database?.isPaused === true) return 'paused'
  if (pool.clientsWaiting > 0) {
    const hasServer = openServersOf(pool) > pool.serversLogin
    return !hasServer && pool.maxWaitSeconds >= loginSeconds ? 'serverless' : 'waiting'
  }
  if (now.database?.isDisabled === true) return 'disabled'
  return now.isFull ? 'full' : 'fine'
}

/** The first server of a pool is logged in within this. */
const loginSeconds = 1
