import type { Silence } from '#domain/alerts/alert.ts'
import type { Queryable } from '../queryable.ts'

/** Silences that have not ended, the first to end first; with a cluster, those that concern it; with `clusterIds` those of them, and of all clusters. */
export async function openSilences(
  on: Queryable,
  clusterId: string | null = null,
  clusterIds: readonly string[] | null = null,
): Promise<Silence[]> {
  const { rows } = await on.query<Silence>(
    `select ${columns} from silence
      where ends_at > now() and ($1::uuid is null or cluster_id is null or cluster_id = $1)
        and ($2::uuid[] is null or cluster_id is null or cluster_id = any($2))
      order by ends_at, id`,
    [clusterId, clusterIds],
  )
  return rows
}

/** Begins a silence. */
export async function insertSilence(
  tx: Queryable,
  { clusterId, ruleId, subject, reason, createdBy, endsAt }: Omit<Silence, 'id' | 'createdAt'>,
): Promise<Silence> {
  const { rows } = await tx.query<Silence>(
    `insert into silence (cluster_id, rule_id, subject, reason, created_by, ends_at)
     values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
    [clusterId, ruleId, subject, reason, createdBy, endsAt],
  )
  const [row] = rows
  if (!row) throw new Error('The silence was not kept.')
  return row
}

/** The silence of an id, ended or not; null where there is none. */
export async function findSilence(on: Queryable, id: string): Promise<Silence | null> {
  const { rows } = await on.query<Silence>(`select ${columns} from silence where id = $1`, [id])
  return rows[0] ?? null
}

/** Ends a silence now; false where it had ended. */
export async function endSilence(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('update silence set ends_at = now() where id = $1 and ends_at > now()', [id])
  return rowCount === 1
}

const columns = `id, cluster_id as "clusterId", rule_id as "ruleId", subject, reason, created_by as "createdBy",
  created_at as "createdAt", ends_at as "endsAt"`
