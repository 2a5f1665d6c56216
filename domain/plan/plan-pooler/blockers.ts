import { agentFault, agentOf, type AgentTask } from '#domain/agent/agent-fault.ts'
import { pauseBounds } from '#domain/plan/pooler-plan.ts'
import { type PoolerGiven, seenPoolers, sharedPorts } from './given.ts'

/** What stands in the way of a command to poolers. */
export function poolerBlockers(given: PoolerGiven): string[] {
  const { snapshot, agents, nodes, wish, now } = given
  const known = new Set(snapshot.members.map(({ name }) => name))
  const stranger = nodes.find((node) => !known.has(node))
  if (stranger !== undefined) return [`${snapshot.clusterName} has no node ${stranger}.`]
  if (nodes.length === 0)
    return [`The console knows of no pgBouncer beside a member of ${snapshot.clusterName}: see the settings.`]
  return [
    ...(wish.act === 'reload' && wish.database !== null
      ? ['A pgBouncer reads its whole file again: RELOAD is of all databases.']
      : []),
    ...unknownDatabases(given),
    ...(wish.act === 'pause' || wish.act === 'kill' ? sharedPortFaults(given) : []),
    ...(wish.act === 'pause' ? limitFaults(given) : []),
    ...(wish.act === 'pause' ? alreadyPaused(given) : []),
    ...nodes.flatMap((node) => agentFault(node, agentOf(agents, node), now, taskOf(wish.act)) ?? []),
  ]
}

/** It would be reported as done while the clients of all other processes go on. */
function sharedPortFaults(given: PoolerGiven): string[] {
  const shared = sharedPorts(given)
  return shared === null ? [] : [`${shared} Set so_reuseport to 0, or give each process a port of its own.`]
}

function unknownDatabases(given: PoolerGiven): string[] {
  const { database } = given.wish
  if (database === null) return []
  return seenPoolers(given)
    .filter(({ detail }) => !detail.databases.some(({ name }) => name === database))
    .map(({ node }) => `The pgBouncer on ${node} has no database ${database}.`)
}

/** Clients that wait longer than query_wait_timeout are turned away: a pause ends well before. */
function limitFaults(given: PoolerGiven): string[] {
  const { limitMs } = given.wish
  const { leastMs, mostMs } = pauseBounds
  if (limitMs === null || limitMs < leastMs || limitMs > mostMs)
    return [`Say how long it lasts at most: between ${leastMs / 1000} and ${mostMs / 1000} s.`]
  return seenPoolers(given).flatMap(({ node, detail }) => {
    const seconds = Number(detail.config['query_wait_timeout'])
    // 0 = clients wait for ever.
    if (!Number.isFinite(seconds) || seconds === 0 || limitMs <= (seconds - 10) * 1000) return []
    return [
      `The pgBouncer on ${node} turns clients away that wait for more than ${seconds} s (query_wait_timeout): the pause must be at least 10 s shorter.`,
    ]
  })
}

function alreadyPaused(given: PoolerGiven): string[] {
  const { database } = given.wish
  return seenPoolers(given).flatMap(({ node, detail }) => {
    const isWhole = detail.state === 'paused' || detail.state === 'suspended'
    const isMeant = detail.databases.some(({ name, isPaused }) => isPaused && (database === null || name === database))
    return isWhole || isMeant ? [`The pgBouncer on ${node} holds clients back already: resume it first.`] : []
  })
}

function taskOf(act: PoolerGiven['wish']['act']): AgentTask {
  const verb = act === 'pause' ? 'pooler-pause' : 'pooler-command'
  return {
    need: 'command its pgBouncer',
    name: 'commands to its pgBouncer',
    vetoes: new Set(['clients', 'pooler', verb]),
  }
}
