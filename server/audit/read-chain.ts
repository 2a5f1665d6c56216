import type pg from 'pg'
import type { RecordColumns } from '#domain/audit-chain/canonical-text.ts'
import type { ChainLink } from '#domain/audit-chain/link.ts'

/** A record as it was hashed, and its columns as people read them. */
export interface ChainRow extends ChainLink, RecordColumns {}

/** The records behind a number, in order. Values are taken as the store sends them: every one is text, and to look up what it could be takes longer than to prove it. */
export async function readAfter(reader: pg.PoolClient, seq: number, limit: number): Promise<ChainRow[]> {
  const { rows } = await reader.query<Values>({
    name: 'audit-chain',
    text: pageSql,
    values: [seq, limit],
    rowMode: 'array',
    types: asSent,
  })
  return rows.map(toRow)
}

type Values = [
  seq: string,
  at: string,
  actorId: string | null,
  actorName: string,
  actorKind: string,
  action: string,
  target: string,
  clusterId: string | null,
  clusterName: string | null,
  reason: string | null,
  outcome: string,
  operationId: string | null,
  detail: string,
  canonical: string,
  previousHash: string,
  hash: string,
]

const asSent = { getTypeParser: () => (value: string) => value }

function toRow(values: Values): ChainRow {
  const [seq, at, actorId, actorName, actorKind, action, target, clusterId, clusterName, reason, outcome] = values
  return {
    seq: Number(seq),
    at,
    actorId,
    actorName,
    actorKind,
    action,
    target,
    clusterId,
    clusterName,
    reason,
    outcome,
    operationId: values[11],
    detail: values[12],
    canonical: values[13],
    previousHash: values[14],
    hash: values[15],
  }
}

const pageSql = `
  select seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor_id, actor_name, actor_kind, action, target,
         cluster_id, cluster_name, reason, outcome, operation_id, detail::text, canonical, previous_hash, hash
    from audit_event where seq > $1 order by seq limit $2`
