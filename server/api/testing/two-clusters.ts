import { randomUUID } from 'node:crypto'
import type { Store } from '#server/store/open.ts'

/** A cluster with something of each kind on it. */
export interface Furnished {
  name: string
  id: string
  operation: string
  incident: number
  silence: string
  record: number
  /** Of maintenance. */
  window: string
}

/** Registers a cluster with an operation, an incident, a silence, maintenance and a record in the audit log. */
export async function furnish(owner: Store, name: string, labels: string[]): Promise<Furnished> {
  const [id, operation, incidentId] = [randomUUID(), randomUUID(), randomUUID()]
  const { pool } = owner
  await pool.query(`insert into cluster (id, name, labels, endpoints) values ($1, $2, $3, '{"patroniUrls":[]}')`, [
    id,
    name,
    labels,
  ])
  await pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                            ended_at, outcome)
     values ($1, $2, $3, 'backup', 'backup', 'succeeded', '{"kind":"backup"}', '-', 'to see', '-', 'Ada', now(), 'done')`,
    [operation, id, name],
  )
  const incidents = await pool.query<{ number: number }>(
    `insert into incident (id, cluster_id, cluster_name, cause, severity, sentence, opened_at)
     values ($1, $2, $3, 'leader-lost', 'critical', $3 || ' has no leader', now()) returning number`,
    [incidentId, id, name],
  )
  const silences = await pool.query<{ id: string }>(
    `insert into silence (cluster_id, reason, created_by, ends_at)
     values ($1, 'planned work', 'Ada', now() + interval '1 hour') returning id`,
    [id],
  )
  const windows = await pool.query<{ id: string }>(
    `insert into maintenance_window (cluster_id, reason, owner_id, owner_name, forbids, starts_at, ends_at)
     values ($1, 'planned work', $2, 'Ada', 'nothing', now(), now() + interval '1 hour') returning id`,
    [id, randomUUID()],
  )
  await pool.query(
    `insert into event (cluster_id, cluster_name, kind, at, severity, sentence, sources)
     values ($1, $2, 'leader-changed', now(), 'warning', $2 || ' has another leader', '{}')`,
    [id, name],
  )
  const records = await pool.query<{ seq: string | number }>(
    `select audit_append('-', 'Ada', 'user', 'clusters.update', $2, $1, $2, null, 'done', null, 'null') as seq`,
    [id, name],
  )
  return {
    name,
    id,
    operation,
    incident: incidents.rows[0]?.number ?? 0,
    silence: silences.rows[0]?.id ?? '',
    record: Number(records.rows[0]?.seq),
    window: windows.rows[0]?.id ?? '',
  }
}
