import { isLocalHost } from '#domain/stack/local-host.ts'
import { isPoolerBefore } from '#domain/stack/pooler-version.ts'
import { type PoolerGiven, seenPoolers, sharedPorts } from './given.ts'

/** What makes a command do less, or take longer, than one may think. */
export function poolerWarnings(given: PoolerGiven): string[] {
  const { act } = given.wish
  return [
    ...(act === 'pause' ? sessionPools(given) : []),
    ...(act === 'pause' || act === 'reconnect' ? localOnes(given) : []),
    ...(act === 'pause' || act === 'kill' ? [] : sharedOnes(given)),
    ...(act === 'reload' ? silentReloads(given) : []),
    ...unseen(given),
  ]
}

function sharedOnes(given: PoolerGiven): string[] {
  const shared = sharedPorts(given)
  return shared === null ? [] : [shared]
}

/** In session mode a client keeps its server until it leaves: a pause waits for that. */
function sessionPools(given: PoolerGiven): string[] {
  const { database } = given.wish
  return seenPoolers(given).flatMap(({ node, detail }) => {
    const held = detail.pools.filter(
      (pool) => pool.mode === 'session' && pool.serversActive > 0 && (database === null || pool.database === database),
    )
    if (held.length === 0) return []
    const names = held.map((pool) => `${pool.database}/${pool.user}`).join(', ')
    return [
      `On ${node}, ${names} ${held.length === 1 ? 'is' : 'are'} pooled by session: the pause waits until each client there has disconnected, and most likely does not come about.`,
    ]
  })
}

/** One that asks the Postgres of its own node does not follow the leader. */
function localOnes(given: PoolerGiven): string[] {
  const { database } = given.wish
  const local = seenPoolers(given)
    .filter(({ detail }) =>
      detail.databases.some(({ name, host }) => isLocalHost(host) && (database === null || name === database)),
    )
    .map(({ node }) => node)
  if (local.length === 0) return []
  return [
    `${local.length === 1 ? 'The pgBouncer' : 'The pgBouncers'} on ${local.join(', ')} asks the Postgres of its own node: it does not follow the leader, so a pause there does not carry clients over a switchover.`,
  ]
}

/** 1.25 was the first to say where a file is broken. */
function silentReloads(given: PoolerGiven): string[] {
  const old = seenPoolers(given).filter(({ detail }) => isPoolerBefore(detail.version, [1, 25]) === true)
  if (old.length === 0) return []
  return [
    `pgBouncer ${old[0]?.detail.version} on ${old.map(({ node }) => node).join(', ')} answers the same where its file is broken and it keeps what it had: see its log.`,
  ]
}

function unseen(given: PoolerGiven): string[] {
  const seen = new Set(seenPoolers(given).map(({ node }) => node))
  const blind = given.nodes.filter((node) => !seen.has(node))
  if (blind.length === 0) return []
  return [`The console does not see the pgBouncer on ${blind.join(', ')}: what it holds and how it pools is not known.`]
}
