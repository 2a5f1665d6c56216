import { createHash } from 'node:crypto'
import type pg from 'pg'
import { translateStoreError } from '#server/store/unreachable.ts'
import type { Store } from '#server/store/open.ts'

export type AuditProof =
  | {
      ok: true
      records: number
      /** Hash of the last record: note it down elsewhere to recognise a chain made anew. */ head: string
    }
  | { ok: false; firstBad: number; sentence: string }

/** Walks the whole audit chain and names the first record that was changed, removed, inserted or moved. */
export async function verifyAudit(store: Store, batch = 1000): Promise<AuditProof> {
  const reader = await store.pool.connect()
  try {
    // One snapshot for the head and all batches, while others go on appending.
    await reader.query('begin isolation level repeatable read read only')
    const proof = await walk(reader, batch)
    await reader.query('commit')
    return proof
  } catch (error) {
    await reader.query('rollback').catch(() => {})
    throw translateStoreError(error, store.url)
  } finally {
    reader.release()
  }
}

interface ChainRow {
  seq: number
  columns: Record<string, unknown>
  detail: string
  canonical: string
  previous_hash: string
  hash: string
}

async function walk(reader: pg.PoolClient, batch: number): Promise<AuditProof> {
  const { rows: heads } = await reader.query<{ seq: number; hash: string }>('select seq, hash from audit_head')
  let last = { seq: 0, hash: '0'.repeat(64) }
  for (;;) {
    const rows = await readAfter(reader, last.seq, batch)
    for (const row of rows) {
      const complaint = complaintOf(row, last)
      if (complaint) return bad(last.seq + 1, complaint)
      last = { seq: row.seq, hash: row.hash }
    }
    if (rows.length < batch) break
  }
  const head = heads[0]
  if (!head) return bad(last.seq + 1, 'the end of the chain is not known any more')
  if (head.seq > last.seq) return bad(last.seq + 1, `the chain ended at record ${head.seq} and was cut off`)
  if (head.seq < last.seq) return bad(head.seq + 1, 'it was added behind the end of the chain')
  if (head.hash !== last.hash) return bad(last.seq, 'it is not the record that was written last')
  return { ok: true, records: last.seq, head: last.hash }
}

function bad(firstBad: number, why: string): AuditProof {
  return {
    ok: false,
    firstBad,
    sentence: `The audit log is not whole: record ${firstBad} is the first that is wrong; ${why}.`,
  }
}

function complaintOf(row: ChainRow, previous: { seq: number; hash: string }): string | null {
  if (row.seq !== previous.seq + 1) return 'it is missing'
  if (row.previous_hash !== previous.hash) return 'it does not follow the record before it'
  const hash = createHash('sha256')
    .update(previous.hash + row.canonical)
    .digest('hex')
  if (hash !== row.hash) return 'its hash does not match what it says'
  return isCanonical(row) ? null : 'its columns differ from what was hashed'
}

// The hash covers the canonical text; people read the columns.
function isCanonical(row: ChainRow): boolean {
  const canonical: unknown = JSON.parse(row.canonical)
  const shown = { ...row.columns, detail: JSON.parse(row.detail) }
  return JSON.stringify(sortKeys(canonical)) === JSON.stringify(sortKeys(shown))
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sortKeys(inner)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

async function readAfter(reader: pg.PoolClient, seq: number, limit: number): Promise<ChainRow[]> {
  const { rows } = await reader.query<ChainRow>(
    `select seq, canonical, previous_hash, hash, detail::text as detail,
       jsonb_build_object(
         'seq', seq, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
         'actorId', actor_id, 'actorName', actor_name, 'actorKind', actor_kind, 'action', action, 'target', target,
         'clusterId', cluster_id, 'clusterName', cluster_name, 'reason', reason, 'outcome', outcome,
         'operationId', operation_id
       ) as columns
     from audit_event where seq > $1 order by seq limit $2`,
    [seq, limit],
  )
  return rows
}
