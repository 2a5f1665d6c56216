import type { Agent } from '#domain/agent/agent.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** An agent with what only the workers use of it. */
export interface StoredAgent extends Agent {
  clusterId: string
  clusterName: string
  certificatePin: string
  counter: number
  isProblemTold: boolean
  /** Newest refused request that was told, by the node's clock. */
  refusalsToldAt: Date | null
}

/** The agents of a cluster by node. */
export async function listAgents(store: Store, clusterId: string): Promise<Agent[]> {
  const { rows } = await store.pool.query<AgentRow>(`${selectAgent} where a.cluster_id = $1 order by a.node`, [
    clusterId,
  ])
  return rows.map(toAgent)
}

/** The agent of a node; null when there is none. */
export async function findAgent(on: Queryable, clusterId: string, node: string): Promise<StoredAgent | null> {
  const { rows } = await on.query<AgentRow>(`${selectAgent} where a.cluster_id = $1 and a.node = $2`, [clusterId, node])
  return rows[0] === undefined ? null : toStored(rows[0])
}

/** The agents of a cluster that may be called: without the locked. */
export async function agentsToCall(store: Store, clusterId: string): Promise<StoredAgent[]> {
  const { rows } = await store.pool.query<AgentRow>(`${selectAgent} where a.cluster_id = $1 and a.state = 'enrolled'`, [
    clusterId,
  ])
  return rows.map(toStored)
}

/** The agents that may be called by a worker: those of the clusters whose lease it holds, without the locked. */
export async function agentsToWatch(store: Store, executorId: string): Promise<StoredAgent[]> {
  const { rows } = await store.pool.query<AgentRow>(
    `${selectAgent}
       join cluster_lease l on l.cluster_id = a.cluster_id
      where l.executor_id = $1 and l.expires_at > clock_timestamp() and a.state = 'enrolled'
      order by a.cluster_id, a.node`,
    [executorId],
  )
  return rows.map(toStored)
}

/** Forgets the agent of a node; false when there is none. */
export async function removeAgent(tx: Queryable, clusterId: string, node: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from agent where cluster_id = $1 and node = $2', [clusterId, node])
  return rowCount === 1
}

/** True while any agent trusts the workers' signing key. */
export async function hasAgents(on: Queryable): Promise<boolean> {
  const { rows } = await on.query('select 1 from agent limit 1')
  return rows.length > 0
}

interface AgentRow extends Agent {
  clusterId: string
  clusterName: string
  certificatePin: string
  counter: number | string
  isProblemTold: boolean
  refusalsToldAt: Date | null
}

const selectAgent = `
  select a.id, a.node, a.address, a.version, a.state, a.locked_reason as "lockedReason", a.seen_at as "seenAt",
         a.problem, a.problem_since as "problemSince", a.stanza, a.vetoed, a.clock_skew_ms as "clockSkewMs",
         a.enrolled_at as "enrolledAt", a.enrolled_by as "enrolledBy",
         a.cluster_id as "clusterId", c.name as "clusterName", a.certificate_pin as "certificatePin", a.counter,
         a.is_problem_told as "isProblemTold", a.refusals_told_at as "refusalsToldAt"
    from agent a join cluster c on c.id = a.cluster_id`

function toStored(row: AgentRow): StoredAgent {
  return { ...row, counter: Number(row.counter) }
}

function toAgent(row: AgentRow): Agent {
  const { clusterId: _, clusterName: _name, certificatePin: _pin, counter: _counter, ...agent } = row
  const { isProblemTold: _told, refusalsToldAt: _toldAt, ...shown } = agent
  return shown
}
