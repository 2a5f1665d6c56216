import { formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import type { PoolCondition } from './pool-condition.ts'
import type { PoolLimit } from './pool-limit.ts'
import type { PoolerDetail } from './pooler-detail.ts'

interface PoolInWords {
  database: string
  user: string
  mode: string
  busyServers: number
  cap: number | null
  clientsWaiting: number
  maxWaitSeconds: number
  condition: PoolCondition
  limit: PoolLimit | null
  state: PoolerDetail['state']
}

/** How a pool stands, for a person: `All 20 servers of orders/app are in use, 7 clients wait, the longest for 3.2 s.` */
export function poolSentence(pool: PoolInWords): string {
  const name = `${pool.database}/${pool.user}`
  switch (pool.condition) {
    case 'fine':
    case 'full':
      return `${servers(pool, name)}, nobody waits.`
    case 'waiting':
      return `${servers(pool, name)}, ${waiters(pool)}${because(pool)}.`
    case 'paused':
      return `${name} is ${pool.state === 'suspended' ? 'suspended' : 'paused'}, ${waiters(pool)}.`
    case 'serverless':
      return `No server of ${name} is open, ${waiters(pool)}: ${unreached(pool)}.`
    case 'disabled':
      return `${pool.database} is disabled and takes no new clients. ${servers(pool, name)}.`
  }
}

/** A limit that pools share, for a person: `the database orders has 48 of 50 servers`. */
export function limitWords({ kind, name, used, max }: PoolLimit): string {
  switch (kind) {
    case 'database-servers':
      return `the database ${name} has ${used} of ${count(max, 'server')}`
    case 'user-servers':
      return `the user ${name} has ${used} of ${count(max, 'server')}`
    case 'clients':
      return `pgBouncer has ${used} of ${count(max, 'client')}`
    case 'database-clients':
      return `the database ${name} has ${used} of ${count(max, 'client')}`
    case 'user-clients':
      return `the user ${name} has ${used} of ${count(max, 'client')}`
  }
}

function servers({ busyServers, cap, mode }: PoolInWords, name: string): string {
  // In session mode a server belongs to its client for as long as that is connected, at work or not.
  const use = mode === 'session' ? 'held by clients' : 'in use'
  const are = (amount: number) => (amount === 1 ? 'is' : 'are')
  if (cap === null || busyServers > cap) {
    return `${count(busyServers, 'server')} of ${name} ${are(busyServers)} ${use}`
  }
  if (busyServers === cap && cap > 0) {
    return cap === 1 ? `The only server of ${name} is ${use}` : `All ${cap} servers of ${name} are ${use}`
  }
  return `${busyServers} of ${count(cap, 'server')} of ${name} ${are(busyServers)} ${use}`
}

function waiters({ clientsWaiting, maxWaitSeconds }: PoolInWords): string {
  const wait = formatDuration(maxWaitSeconds * 1000)
  if (clientsWaiting === 0) return 'nobody waits'
  // Of clients that are not logged in yet pgBouncer does not tell how long they wait.
  if (maxWaitSeconds === 0) return `${count(clientsWaiting, 'client')} ${clientsWaiting === 1 ? 'waits' : 'wait'}`
  return clientsWaiting === 1
    ? `1 client waits, for ${wait}`
    : `${clientsWaiting} clients wait, the longest for ${wait}`
}

// Of clients that wait although their pool may open more servers, the limits of servers alone can be the cause.
function because({ busyServers, cap, limit }: PoolInWords): string {
  if (limit === null || limit.used < limit.max || !limit.kind.endsWith('-servers')) return ''
  return cap !== null && busyServers >= cap ? '' : `: ${limitWords(limit)}`
}

function unreached({ state }: PoolInWords): string {
  const isDown = 'the database cannot be reached or refuses to log in'
  return state === null ? `${isDown}, or pgBouncer is paused, which this version does not tell` : isDown
}
