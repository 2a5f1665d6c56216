import type pg from 'pg'
import type { RecordColumns } from '#domain/audit-chain/canonical-text.ts'
import type { ChainLink } from '#domain/audit-chain/link.ts'
import { copiedRows } from './copied-rows.ts'

/** A record as it was hashed, and its columns as people read them. */
export interface ChainRow extends ChainLink, RecordColumns {}

/** The records behind a number, in order. Values are taken as the store sends them: every one is text. */
export async function readAfter(reader: pg.PoolClient, seq: number, limit: number): Promise<ChainRow[]> {
  return (await copiedRows<Values>(reader, pageSql(seq, limit))).map(toRow)
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

function toRow(values: Values): ChainRow {
  return {
    seq: Number(values[0]),
    at: values[1],
    actorId: values[2],
    actorName: values[3],
    actorKind: values[4],
    action: values[5],
    target: values[6],
    clusterId: values[7],
    clusterName: values[8],
    reason: values[9],
    outcome: values[10],
    operationId: values[11],
    detail: values[12],
    canonical: values[13],
    previousHash: values[14],
    hash: values[15],
  }
}

// COPY takes no parameters; these are numbers.
function pageSql(seq: number, limit: number): string {
  return `
  select seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor_id, actor_name, actor_kind, action, target,
         cluster_id, cluster_name, reason, outcome, operation_id, detail::text, canonical, previous_hash, hash
    from audit_event where seq > ${Math.trunc(seq)} order by seq limit ${Math.trunc(limit)}`
}
