import { auditCsvHead, auditCsvLine } from '#domain/audit-chain/audit-csv.ts'
import { checkpointLine, type ExportHead, linkLine } from '#domain/audit-chain/export-lines.ts'
import type { Store } from '#server/store/open.ts'
import { findSigningKey } from '#server/store/signing-key.ts'
import { type AuditFilter, conditionsOf } from './list.ts'
import { keptByStore } from './checkpoints.ts'
import { type AuditRow, auditColumns, toAuditRecord } from './columns.ts'

const batch = 1_000

type Filter = Omit<AuditFilter, 'before' | 'limit'>

/**
 * The audit log as lines of JSON, oldest first: a head, the signed checkpoints, and each record with the text that was hashed. Without a filter it can
 * be proven whole without the console.
 */
export async function* exportAudit(store: Store, filter: Filter, now: Date): AsyncGenerator<string> {
  const conditions = conditionsOf(filter)
  const isWhole = conditions.where.length === 0
  // Before the end is read: one behind it then shows that the end was cut, not that time went on.
  const checkpoints = isWhole ? await keptByStore(store.pool) : []
  const upTo = await endOf(store)
  const publicKey = await findSigningKey(store.pool)
  const head: ExportHead = { matriarch: 'audit', version: 1, exportedAt: now.toISOString(), publicKey, isWhole }
  yield `${JSON.stringify(head)}\n`
  for (const checkpoint of checkpoints) yield `${checkpointLine(checkpoint)}\n`
  for await (const { canonical, previous_hash: previousHash, hash } of recordsOf(store, filter, upTo)) {
    yield `${linkLine({ canonical, previousHash, hash })}\n`
  }
}

/** The audit log as a table for spreadsheets, line by line, oldest first. */
export async function* auditTable(store: Store, filter: Filter): AsyncGenerator<string> {
  yield auditCsvHead
  for await (const row of recordsOf(store, filter, await endOf(store))) yield auditCsvLine(toAuditRecord(row))
}

async function endOf(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ seq: number }>('select seq from audit_head')
  return rows[0]?.seq ?? 0
}

/** Records are never changed nor removed, so that pages read one after the other fit together. */
async function* recordsOf(
  store: Store,
  filter: Filter,
  upTo: number,
): AsyncGenerator<AuditRow & { canonical: string }> {
  for (let after = 0; ;) {
    const { where, values } = conditionsOf(filter)
    const page = [...where, `seq > $${values.push(after)}`, `seq <= $${values.push(upTo)}`]
    const { rows } = await store.pool.query<AuditRow & { canonical: string }>(
      `select ${auditColumns}, canonical from audit_event where ${page.join(' and ')} order by seq limit ${batch}`,
      values,
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < batch) return
    after = last.seq
  }
}
