import type { StoredAgent } from './agents.ts'
import type { Queryable } from './queryable.ts'

/** An agent that both sides have come to know. */
export interface EnrolledAgent {
  id: string
  clusterId: string
  node: string
  address: string
  /** Base64 of its SPKI form. */
  identityKey: string
  certificatePin: string
  version: string
  enrolledBy: string
}

/** Keeps a newly enrolled agent in place of the node's former one; false when its id is that of another node's agent. */
export async function putAgent(tx: Queryable, agent: EnrolledAgent): Promise<boolean> {
  await tx.query('delete from agent where cluster_id = $1 and node = $2', [agent.clusterId, agent.node])
  const { rowCount } = await tx.query(
    `insert into agent (id, cluster_id, node, address, identity_key, certificate_pin, version, enrolled_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do nothing`,
    [
      agent.id,
      agent.clusterId,
      agent.node,
      agent.address,
      agent.identityKey,
      agent.certificatePin,
      agent.version,
      agent.enrolledBy,
    ],
  )
  return rowCount === 1
}

/** What a look at an agent brought; what is absent stays as it is. */
export type AgentChange = Partial<
  Pick<
    StoredAgent,
    | 'version'
    | 'counter'
    | 'seenAt'
    | 'problem'
    | 'problemSince'
    | 'isProblemTold'
    | 'stanza'
    | 'vetoed'
    | 'clockSkewMs'
    | 'refusalsToldAt'
    | 'lockedReason'
  >
>

/** Keeps what a look brought; false when the agent was removed, locked or enrolled anew meanwhile. A reason to lock it locks it. */
export async function changeAgent(tx: Queryable, seen: StoredAgent, change: AgentChange): Promise<boolean> {
  const next = { ...seen, ...change }
  // A Date holds milliseconds, the column microseconds.
  const { rowCount } = await tx.query(
    `update agent
        set version = $3, counter = greatest(counter, $4), seen_at = $5, problem = $6, problem_since = $7,
            is_problem_told = $8, vetoed = $9, clock_skew_ms = $10, refusals_told_at = $11, locked_reason = $12, stanza = $13,
            state = case when $12::text is null then 'enrolled' else 'locked' end
      where id = $1 and date_trunc('milliseconds', enrolled_at) = $2 and state = 'enrolled'`,
    [
      seen.id,
      seen.enrolledAt,
      next.version,
      next.counter,
      next.seenAt,
      next.problem,
      next.problemSince,
      next.isProblemTold,
      next.vetoed,
      next.clockSkewMs,
      next.refusalsToldAt,
      next.lockedReason,
      next.stanza,
    ],
  )
  return rowCount === 1
}
