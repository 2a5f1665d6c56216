import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  checkExport,
  type ExportChecks,
  type ExportProof,
  type KeptCheckpoint,
} from '#domain/audit-chain/check-export.ts'
import { checkpointText } from '#domain/audit-chain/checkpoint.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { loadSigningKey, publishSigningKey, type SigningKey } from '#server/store/signing-key.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { checkpointEvery, keptByStore, signCheckpoint } from './checkpoints.ts'
import { auditTable, exportAudit } from './export.ts'
import { isSigned, readPublicKey } from './is-signed.ts'
import { recordAudit } from './record.ts'
import { sha256 } from './sha256.ts'
import { verifyAudit } from './verify.ts'
import { keepWitness } from './witnesses.ts'

let home: string
let signingKey: SigningKey
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-audit-'))
  signingKey = loadSigningKey(home)
})
afterAll(() => rmSync(home, { recursive: true }))

const later = (ms: number) => new Date(Date.parse('2026-03-01T12:00:00Z') + ms)

test('an export is proven without the store, whatever the records hold', async () => {
  await using store = await openTestStore()
  await publishSigningKey(store, signingKey, null)
  for (const name of ['Ada', 'a "b" \\ \n\t\u0001 é 😀 \u2028', '</script>'])
    await record(store, { n: [1.5, 1e21, null], name }, name)
  expect(await signCheckpoint(store, signingKey.privateKey, later(0))).toMatchObject({ newest: { seq: 3 } })
  const lines = await linesOf(store)
  expect(lines).toHaveLength(5)
  expect(await prove(lines)).toMatchObject({ ok: true, records: 3, checkpoints: 1 })
  expect(await verifyAudit(store)).toMatchObject({ ok: true, records: 3, checkpoints: 1, witnesses: [] })
})

test('an export of some records says that it proves nothing', async () => {
  await using store = await openTestStore()
  await record(store, {}, 'Ada')
  await record(store, {}, 'Bob')
  const lines = await linesOf(store, { actor: 'bob' })
  expect(lines).toHaveLength(2)
  expect(await prove(lines)).toMatchObject({ ok: false, firstBad: null })
  const table: string[] = []
  for await (const line of auditTable(store, { actor: 'bob' })) table.push(line)
  expect(table).toEqual([expect.stringMatching(/^seq,time/), expect.stringMatching(/^2,.*,Bob,user,/)])
})

test('checkpoints are signed when records came and time has passed, and never for less than was signed', async () => {
  await using store = await openTestStore()
  await publishSigningKey(store, signingKey, null)
  const sign = async (ms: number) => (await signCheckpoint(store, signingKey.privateKey, later(ms))).newest
  expect(await sign(0)).toBeNull()
  await record(store, {}, 'Ada')
  const [first, same] = await Promise.all([sign(0), sign(0)])
  expect([first, same]).toMatchObject([{ seq: 1 }, { seq: 1 }])
  await record(store, {}, 'Ada')
  expect(await sign(checkpointEvery.ms - 1)).toMatchObject({ seq: 1 })
  expect(await sign(checkpointEvery.ms)).toMatchObject({ seq: 2 })
  await asOwner(store, `update audit_head set seq = 1`)
  expect(await sign(checkpointEvery.ms * 3)).toMatchObject({ seq: 2 })
  expect((await keptByStore(store.pool)).map(({ seq }) => seq)).toEqual([1, 2])
})

test('a chain made anew as a whole, its head and hashes too, is found by a checkpoint, and without it by a witness', async () => {
  await using store = await openTestStore()
  await publishSigningKey(store, signingKey, null)
  for (let n = 1; n <= 6; n++) await record(store, { n }, 'Ada')
  const { newest: signed } = await signCheckpoint(store, signingKey.privateKey, later(0))
  const kept = { name: 'pg-node-2 of main', seq: 6, hash: signed?.hash ?? '', problem: null, isDisputed: false }
  expect(await keepWitness(store.pool, kept, later(0))).toEqual({ isNews: false })
  const before = await linesOf(store)
  const [head = '', checkpoint = ''] = before
  await asOwner(
    store,
    `alter table audit_event disable trigger all; alter table audit_checkpoint disable trigger all`,
    remake,
  )
  expect(await verifyAudit(store)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('a signed checkpoint kept another hash'),
  })
  await asOwner(store, 'delete from audit_checkpoint')
  expect(await verifyAudit(store)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('pg-node-2 of main kept another hash'),
  })
  await asOwner(store, 'delete from audit_witness')
  expect(await verifyAudit(store)).toMatchObject({ ok: true, records: 6 })
  // What a node kept is out of the owner's reach.
  const forged = await linesOf(store)
  expect(await prove(forged)).toMatchObject({ ok: true })
  expect(forged[0]).not.toBe(head)
  const witness = { ...JSON.parse(checkpoint).checkpoint, by: 'node2.jsonl' }
  expect(await prove(forged, [witness])).toMatchObject({ ok: false, firstBad: 1 })
  expect(await prove(forged.slice(0, 4), [witness])).toMatchObject({ ok: false, firstBad: 4 })
})

test('a forged checkpoint is no proof', async () => {
  await using store = await openTestStore()
  await publishSigningKey(store, signingKey, null)
  await record(store, {}, 'Ada')
  const foreign = createPrivateKey(
    loadSigningKey(mkdtempSync(join(home, 'other-'))).privateKey.export({ format: 'pem', type: 'pkcs8' }),
  )
  await signCheckpoint(store, foreign, later(0))
  expect(await verifyAudit(store)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining("not signed by the workers' key"),
  })
})

const remake = `
  do $$
  declare r record; last text := repeat('0', 64); made text;
  begin
    for r in select * from audit_event order by seq loop
      made := jsonb_set(r.canonical::jsonb, '{actorName}', '"Eve"')::text;
      update audit_event set actor_name = 'Eve', canonical = made, previous_hash = last,
        hash = encode(sha256(convert_to(last || made, 'UTF8')), 'hex') where seq = r.seq returning hash into last;
    end loop;
    update audit_head set hash = last;
  end $$`

const checks: ExportChecks = {
  sha256,
  fingerprintOf: (publicKey) => `SHA256:${sha256(publicKey)}`,
  isSigned: (text, signature, key) => {
    const [, seq, hash = '', at = ''] = text.split('\n')
    const checkpoint = { seq: Number(seq), hash, at, signature }
    return checkpointText(checkpoint) === text && isSigned(checkpoint, readPublicKey(key))
  },
}

function prove(lines: string[], witnessed: KeptCheckpoint[] = []): Promise<ExportProof> {
  return checkExport(lines, { witnessed, publicKey: null }, checks)
}

async function linesOf(store: Store, filter: Parameters<typeof exportAudit>[1] = {}): Promise<string[]> {
  const lines: string[] = []
  for await (const line of exportAudit(store, filter, new Date())) lines.push(line.replace(/\n$/, ''))
  return lines
}

function record(store: Store, detail: unknown, name: string): Promise<number> {
  const actor = { id: null, name, kind: 'user' } as const
  const entry = {
    actor,
    action: 'users.create',
    target: name,
    cluster: null,
    reason: name,
    outcome: 'done',
    operationId: null,
    detail,
  } as const
  return inTransaction(store, (tx) => recordAudit(tx, entry))
}

async function asOwner(store: TestStore, ...statements: string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: store.adminUrl })
  await owner.connect()
  try {
    for (const statement of statements) await owner.query(statement)
  } finally {
    await owner.end()
  }
}
