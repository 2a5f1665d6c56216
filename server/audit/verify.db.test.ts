import pg from 'pg'
import { expect, test } from 'vitest'
import { inTransaction, type Store } from '#server/store/open.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { findAudit, listAudit } from './list.ts'
import { recordAudit, type AuditEntry } from './record.ts'
import { verifyAudit } from './verify.ts'

test('an untouched chain is whole, whatever its details hold', async () => {
  await using store = await openTestStore()
  for (const detail of [null, { b: 1, a: [1.5, 'é', { z: null }] }, 'text', { n: 12345678901234567890n.toString() }]) {
    await record(store, { detail })
  }
  expect(await verifyAudit(store, 3)).toMatchObject({ ok: true, records: 4 })
})

test('a number that differs beyond what JavaScript can tell apart is found', async () => {
  await using store = await openTestStore()
  for (let n = 0; n < 3; n++) await record(store, { detail: { bytes: 12345678901234567000 } })
  await tamper(store, `update audit_event set detail = '{"bytes": 12345678901234567001}' where seq = 2`)
  expect(await verifyAudit(store)).toMatchObject({ ok: false, firstBad: 2 })
})

test('an empty chain is whole', async () => {
  await using store = await openTestStore()
  expect(await verifyAudit(store)).toMatchObject({ ok: true, records: 0 })
})

test('appends at once leave no gap, and a rolled back act leaves no record', async () => {
  await using store = await openTestStore({ max: 10 })
  const failing = inTransaction(store, async (tx) => {
    await recordAudit(tx, entry)
    throw new Error('the act failed')
  })
  await expect(failing).rejects.toThrow('the act failed')
  const numbers = await Promise.all(Array.from({ length: 40 }, () => record(store, {})))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
  expect(await verifyAudit(store)).toMatchObject({ ok: true, records: 40 })
})

const tampering: [string, string, number][] = [
  ['a changed column', "update audit_event set actor_name = 'somebody' where seq = 5", 5],
  ['a changed detail', "update audit_event set detail = '{}' where seq = 3", 3],
  ['a changed time', "update audit_event set at = at + interval '1 microsecond' where seq = 2", 2],
  ['a changed text with a hash made anew', rehash(4), 5],
  ['a text that is no JSON, with a hash made anew', rehash(4, "'nothing'"), 4],
  ['a removed record', 'delete from audit_event where seq = 6', 6],
  ['a cut-off end', 'delete from audit_event where seq > 7', 8],
  [
    'records that changed places',
    'update audit_event set seq = case seq when 2 then -3 else -2 end where seq in (2, 3); update audit_event set seq = -seq where seq < 0',
    2,
  ],
  [
    'a forged last record',
    'insert into audit_event select 11, at, actor_id, actor_name, actor_kind, action, target, cluster_id, cluster_name, reason, outcome, operation_id, detail, canonical, hash, hash from audit_event where seq = 10',
    11,
  ],
]

test.for(tampering)('%s is found by its number', async ([, sql, firstBad]) => {
  await using store = await openTestStore()
  for (let n = 0; n < 10; n++) await record(store, { detail: { n } })
  await tamper(store, sql)
  const proof = await verifyAudit(store, 4)
  expect(proof).toMatchObject({ ok: false, firstBad })
})

test('records are listed newest first, page by page, and filtered', async () => {
  await using store = await openTestStore()
  for (let n = 1; n <= 5; n++)
    await record(store, {
      actor: { id: null, name: n % 2 ? 'Ada' : 'Bob', kind: 'user' },
      detail: { n },
      operationId: n === 5 ? operationId : null,
    })
  await record(store, { action: 'clusters.remove', outcome: 'refused', cluster: { id: clusterId, name: 'main' } })
  const first = await listAudit(store, { limit: 4 })
  expect(first.records.map(({ seq }) => seq)).toEqual([6, 5, 4, 3])
  expect(first.nextBefore).toBe(3)
  const second = await listAudit(store, { limit: 4, before: 3 })
  expect(second).toMatchObject({ records: [{ seq: 2 }, { seq: 1 }], nextBefore: null })
  const numbers = async (filter: Partial<Parameters<typeof listAudit>[1]>) =>
    (await listAudit(store, { limit: 10, ...filter })).records.map(({ seq }) => seq)
  expect(await numbers({ actor: 'aDa' })).toEqual([5, 3, 1])
  expect(await numbers({ action: 'clusters.' })).toEqual([6])
  expect(await numbers({ outcome: 'refused', cluster: 'MAIN' })).toEqual([6])
  expect(await numbers({ since: new Date(Date.now() + 60_000) })).toEqual([])
  expect(await numbers({ operation: operationId })).toEqual([5])
  expect(await findAudit(store, 6)).toMatchObject({ seq: 6, clusterName: 'main', actor: { kind: 'console' } })
  expect(await findAudit(store, 7)).toBeNull()
})

const operationId = '00000000-0000-4000-8000-000000000002'
const clusterId = '00000000-0000-4000-8000-000000000001'

const entry: AuditEntry = {
  actor: { id: null, name: 'Console', kind: 'console' },
  action: 'users.create',
  target: 'ada@example.org',
  cluster: null,
  reason: null,
  outcome: 'done',
  operationId: null,
  detail: {},
}

function record(store: Store, changes: Partial<AuditEntry>): Promise<number> {
  return inTransaction(store, (tx) => recordAudit(tx, { ...entry, ...changes }))
}

// Whoever owns the server can do this; the chain is there to show it.
async function tamper(store: TestStore, sql: string): Promise<void> {
  const superuser = new pg.Client({ connectionString: store.adminUrl })
  await superuser.connect()
  await superuser.query('alter table audit_event disable trigger all')
  await superuser.query(sql)
  await superuser.end()
}

function rehash(seq: number, canonical = `jsonb_set(canonical::jsonb, '{actorName}', '"somebody"')::text`): string {
  return `with forged as (
      select seq, previous_hash, ${canonical} as canonical
      from audit_event where seq = ${seq}
    )
    update audit_event set canonical = forged.canonical, actor_name = 'somebody',
      hash = encode(sha256(convert_to(forged.previous_hash || forged.canonical, 'UTF8')), 'hex')
    from forged where audit_event.seq = forged.seq`
}
