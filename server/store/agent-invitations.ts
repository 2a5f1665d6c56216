import { createHash } from 'node:crypto'
import type { AgentInvitation } from '#domain/agent/agent.ts'
import { readSealingKey, type WorkerKeys } from './keys.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'
import { sealForWorkers, unsealSecret } from './seal.ts'

export interface NewInvitation {
  id: string
  clusterId: string
  node: string
  address: string
  /** The token's secret; kept sealed for the workers, and as its hash. */
  secret: string
  createdBy: string
  lifeMs: number
}

/** Web side: keeps an invitation in place of the node's open one; returns when it ends. */
export async function insertInvitation(tx: Queryable, invitation: NewInvitation): Promise<Date> {
  const { id, clusterId, node, address, secret, createdBy, lifeMs } = invitation
  await endOpenInvitation(tx, clusterId, node, 'replaced')
  const sealed = sealForWorkers(await readSealingKey(tx), secret, sealedPlace(id))
  const { rows } = await tx.query<{ expires_at: Date }>(
    `insert into agent_invitation (id, cluster_id, node, address, token_hash, sealed, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 millisecond') returning expires_at`,
    [id, clusterId, node, address, hashOf(secret), sealed, createdBy, lifeMs],
  )
  return rows[0]?.expires_at ?? new Date(0)
}

/** Ends the open invitation of a node; false when there is none. Its secret is forgotten. */
export async function endOpenInvitation(
  tx: Queryable,
  clusterId: string,
  node: string,
  outcome: 'cancelled' | 'replaced',
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update agent_invitation set ended_at = now(), outcome = $3, sealed = null
      where cluster_id = $1 and node = $2 and ended_at is null`,
    [clusterId, node, outcome],
  )
  return rowCount !== 0
}

/** Ends every open invitation of an agent that these made; the cluster of each. */
export async function endInvitationsOf(tx: Queryable, makers: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ clusterId: string }>(
    `update agent_invitation set ended_at = now(), outcome = 'cancelled', sealed = null
      where created_by = any($1) and ended_at is null returning cluster_id as "clusterId"`,
    [makers],
  )
  return rows.map(({ clusterId }) => clusterId)
}

/** The newest invitation of each node of a cluster. */
export async function newestInvitations(store: Store, clusterId: string): Promise<AgentInvitation[]> {
  const { rows } = await store.pool.query<AgentInvitation>(
    `select distinct on (i.node) ${columns} from agent_invitation i where i.cluster_id = $1
      order by i.node, i.created_at desc`,
    [clusterId],
  )
  return rows
}

/** An invitation with what a worker needs of it beside the secret. */
export interface StoredInvitation extends AgentInvitation {
  clusterId: string
  clusterName: string
}

/** Worker side: the invitations of the last hour in the clusters whose lease it holds, open or ended. */
export async function recentInvitations(store: Store, executorId: string): Promise<StoredInvitation[]> {
  const { rows } = await store.pool.query<StoredInvitation>(
    `${selectStored} join cluster_lease l on l.cluster_id = i.cluster_id
      where l.executor_id = $1 and l.expires_at > clock_timestamp() and i.created_at > now() - interval '1 hour'
      order by i.created_at desc`,
    [executorId],
  )
  return rows
}

/** Worker side: the newest invitation of each node in the clusters whose lease it holds, however old and whatever became of it. */
export async function lastInvitations(store: Store, executorId: string): Promise<StoredInvitation[]> {
  const { rows } = await store.pool.query<StoredInvitation>(
    `select distinct on (i.cluster_id, i.node) ${storedColumns} from ${storedTables}
       join cluster_lease l on l.cluster_id = i.cluster_id
      where l.executor_id = $1 and l.expires_at > clock_timestamp()
      order by i.cluster_id, i.node, i.created_at desc`,
    [executorId],
  )
  return rows
}

/** An invitation by its id, whatever became of it; null when this console made none of it. */
export async function findInvitation(store: Store, id: string): Promise<StoredInvitation | null> {
  const { rows } = await store.pool.query<StoredInvitation>(`${selectStored} where i.id = $1`, [id])
  return rows[0] ?? null
}

/** Worker side: the secret of an open invitation; null once it has ended. */
export async function readInvitationSecret(on: Queryable, keys: WorkerKeys, id: string): Promise<string | null> {
  const { rows } = await on.query<{ sealed: Buffer | null }>(
    'select sealed from agent_invitation where id = $1 and ended_at is null and expires_at > now()',
    [id],
  )
  const sealed = rows[0]?.sealed
  return sealed ? unsealSecret(keys.sealing.privateKey, sealed, sealedPlace(id)) : null
}

/** Worker side: ends an invitation that was used; false when it had ended before or has expired. */
export async function useInvitation(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update agent_invitation set ended_at = now(), outcome = 'enrolled', sealed = null
      where id = $1 and ended_at is null`,
    [id],
  )
  return rowCount === 1
}

/** Worker side: ends the invitations whose time is over; their secrets are forgotten. */
export async function expireInvitations(store: Store): Promise<void> {
  await store.pool.query(
    `update agent_invitation set ended_at = now(), outcome = 'expired', sealed = null
      where ended_at is null and expires_at < now()`,
  )
}

/** Worker side: keeps why an agent that came with an invitation was turned away. */
export async function keepRefusal(tx: Queryable, id: string, refusal: string): Promise<void> {
  await tx.query('update agent_invitation set refusal = $2 where id = $1', [id, refusal])
}

/** Worker side: keeps why nobody can be found where an invitation says; null = somebody answers there. */
export async function keepProblem(store: Store, id: string, problem: string | null): Promise<void> {
  await store.pool.query('update agent_invitation set problem = $2 where id = $1 and problem is distinct from $2', [
    id,
    problem,
  ])
}

const columns = `i.id, i.node, i.address, i.created_by as "createdBy", i.created_at as "createdAt",
  i.expires_at as "expiresAt", i.ended_at as "endedAt", i.outcome, i.refusal,
  i.problem`

const storedColumns = `${columns}, i.cluster_id as "clusterId", c.name as "clusterName"`
const storedTables = 'agent_invitation i join cluster c on c.id = i.cluster_id'
const selectStored = `select ${storedColumns} from ${storedTables}`

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function sealedPlace(id: string): string {
  return `agent invitation|${id}|sealed`
}
