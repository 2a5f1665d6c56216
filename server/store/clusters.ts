import type pg from 'pg'
import type { ClusterConfig, ClusterDraft, ClusterEndpoints } from '#domain/fleet/cluster.ts'
import { AppError } from '#server/errors.ts'
import { notify } from './notify.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'
import { putClusterSecrets } from './secrets.ts'

/** What looking at a draft found out: the cluster's own names for itself. */
export interface ClusterIdentity {
  scope: string | null
  systemIdentifier: string | null
  isStandby: boolean
}

/** A cluster by its name (any case) or id; null when there is none. */
export async function findCluster(store: Store, nameOrId: string): Promise<ClusterConfig | null> {
  return findOn(store.pool, nameOrId)
}

/** Registers a cluster with its typed secrets; throws AppError `conflict` by field when its name or system identifier is taken. */
export async function insertCluster(
  tx: pg.PoolClient,
  draft: ClusterDraft,
  identity: ClusterIdentity,
): Promise<ClusterConfig> {
  await refuseTaken(tx, null, draft, identity)
  const { rows } = await tx
    .query<{ id: string }>(
      `insert into cluster (name, labels, endpoints, scope, system_identifier, is_standby)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      columnsOf(draft, identity),
    )
    .catch(toConflict)
  return finish(tx, rows[0]?.id ?? '', draft)
}

/** Changes a cluster; secrets that were not typed anew stay. Throws AppError `not-found` or `conflict`. */
export async function updateCluster(
  tx: pg.PoolClient,
  id: string,
  draft: ClusterDraft,
  identity: ClusterIdentity,
): Promise<ClusterConfig> {
  await refuseTaken(tx, id, draft, identity)
  const { rowCount } = await tx
    .query(
      `update cluster set name = $1, labels = $2, endpoints = $3, scope = $4, system_identifier = $5, is_standby = $6,
         updated_at = now() where id = $7`,
      [...columnsOf(draft, identity), id],
    )
    .catch(toConflict)
  if (rowCount === 0) throw new AppError('not-found', `The cluster ${draft.name} is not registered any more.`)
  return finish(tx, id, draft)
}

/** Forgets a cluster with its secrets and snapshots; its events, operations and audit records stay. */
export async function removeCluster(tx: pg.PoolClient, id: string): Promise<void> {
  const { rowCount } = await tx.query('delete from cluster where id = $1', [id])
  if (rowCount === 0) throw new AppError('not-found', 'The cluster is not registered any more.')
  await notify(tx, { kind: 'clusters' })
}

async function finish(tx: pg.PoolClient, id: string, draft: ClusterDraft): Promise<ClusterConfig> {
  await putClusterSecrets(tx, id, draft)
  await notify(tx, { kind: 'clusters' })
  const config = await findOn(tx, id)
  if (!config) throw new AppError('internal', `The cluster ${draft.name} was not kept.`)
  return config
}

async function findOn(on: Queryable, nameOrId: string): Promise<ClusterConfig | null> {
  const [row] = await select(on, 'where lower(name) = lower($1) or id::text = lower($1)', [nameOrId])
  return row ? toConfig(row) : null
}

async function refuseTaken(
  tx: pg.PoolClient,
  id: string | null,
  draft: ClusterDraft,
  identity: ClusterIdentity,
): Promise<void> {
  const { rows } = await tx.query<{ name: string; same_name: boolean }>(
    `select name, lower(name) = lower($2) as same_name from cluster
     where id is distinct from $1
       and (lower(name) = lower($2) or (system_identifier = $3 and is_standby = $4))
     order by same_name desc`,
    [id, draft.name, identity.systemIdentifier, identity.isStandby],
  )
  const [other] = rows
  if (!other) return
  if (other.same_name) throw nameTaken(draft.name)
  const sentence = `This is the cluster registered as ${other.name}: both have the system identifier ${identity.systemIdentifier}.`
  throw new AppError('conflict', sentence, { fields: [{ field: 'patroniUrls', sentence }] })
}

// Two people at once get past refuseTaken; the index decides.
function toConflict(error: unknown): never {
  const constraint = error instanceof Error && 'constraint' in error ? String(error.constraint) : ''
  if (constraint.startsWith('cluster_name')) throw nameTaken('that name')
  if (constraint === 'cluster_system_identifier_is_standby_key') {
    throw new AppError('conflict', 'Somebody has just registered this cluster.', { cause: error })
  }
  throw error
}

function nameTaken(name: string): AppError {
  const sentence = `There is a cluster named ${name} already: choose another name.`
  return new AppError('conflict', sentence, { fields: [{ field: 'name', sentence }] })
}

function columnsOf(draft: ClusterDraft, identity: ClusterIdentity): unknown[] {
  const { patroniUrls, patroniUser, caPem, etcdUrls, etcdUser, etcdNamespace } = draft
  const { haproxyUrl, haproxyUser, postgresUser, postgresDatabase, poolerPort } = draft
  const endpoints = {
    patroniUrls,
    patroniUser,
    caPem,
    etcdUrls,
    etcdUser,
    etcdNamespace,
    haproxyUrl,
    haproxyUser,
    postgresUser,
    postgresDatabase,
    poolerPort,
  } satisfies KeptEndpoints
  return [
    draft.name,
    draft.labels,
    JSON.stringify(endpoints),
    identity.scope,
    identity.systemIdentifier,
    identity.isStandby,
  ]
}

type KeptEndpoints = Omit<ClusterEndpoints, `has${string}`>

interface ClusterRow {
  id: string
  name: string
  labels: string[]
  scope: string | null
  system_identifier: string | null
  endpoints: KeptEndpoints
  created_at: Date
  secret_names: string[]
}

async function select(on: Queryable, tail: string, values: unknown[]): Promise<ClusterRow[]> {
  const { rows } = await on.query<ClusterRow>(
    `select id, name, labels, scope, system_identifier, endpoints, created_at,
       array(select s.name from secret s where s.cluster_id = cluster.id) as secret_names
     from cluster ${tail}`,
    values,
  )
  return rows
}

function toConfig(row: ClusterRow): ClusterConfig {
  return {
    id: row.id,
    name: row.name,
    labels: row.labels,
    scope: row.scope,
    systemIdentifier: row.system_identifier,
    endpoints: {
      ...row.endpoints,
      hasPatroniPassword: row.secret_names.includes('patroni-password'),
      hasEtcdPassword: row.secret_names.includes('etcd-password'),
      hasHaproxyPassword: row.secret_names.includes('haproxy-password'),
      hasPostgresPassword: row.secret_names.includes('postgres-password'),
    },
    createdAt: row.created_at,
  }
}
