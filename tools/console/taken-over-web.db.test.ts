import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { callVerb } from '#server/adapters/agent/call-verb.ts'
import { askStatus } from '#server/adapters/agent/status.ts'
import { startTestAgent, type TestAgent } from '#server/adapters/agent/testing/test-agent.ts'
import { makeTestKey } from '#server/adapters/agent/testing/test-key.ts'
import { signCheckpoint } from '#server/audit/checkpoints.ts'
import { recordAudit } from '#server/audit/record.ts'
import { verifyAudit } from '#server/audit/verify.ts'
import { childEnv, readConsoleEnv, readWebEnv } from '#server/env.ts'
import { addAuthenticator, addPerson } from '#server/factors/testing/people.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { findCluster, insertCluster } from '#server/store/clusters.ts'
import { makeKey } from '#server/store/key-files.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { inTransaction } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { unsealSecret } from '#server/store/seal.ts'
import { loadSigningKey, publishSigningKey, type SigningKey } from '#server/store/signing-key.ts'
import '#tools/testing/reach-loopback.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { Canaries } from '#tools/testing/canaries.ts'
import { toldWeb, toldWorker } from './told.ts'

// Somebody runs code in the web process: what they have is its environment, and the store in its role. Nothing else is assumed.
const canaries = new Canaries()
let home: string
let keys: WorkerKeys
let signingKey: SigningKey
let store: TestStore
let agent: TestAgent
let taken: NodeJS.ProcessEnv
let workers: NodeJS.ProcessEnv
let web: pg.Client

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-taken-'))
  keys = loadWorkerKeys(home)
  signingKey = loadSigningKey(home)
  store = await openTestStore()
  await publishSealingKey(store, keys, null)
  await publishSigningKey(store, signingKey, null)
  for (const name of readdirSync(join(home, 'keys')))
    canaries.add(`the file ${name}`, keyTextIn(readFileSync(join(home, 'keys', name), 'utf8')))
  const witness = `https://audit:${canaries.of('password of a witness')}@witness.example.org/keep`
  for (const [name, value] of Object.entries({
    MATRIARCH_HOME: home,
    MATRIARCH_ADMIN_PASSWORD: canaries.of('password of the first administrator'),
    MATRIARCH_AUDIT_WITNESS: witness,
    DATABASE_URL: store.url,
  }))
    vi.stubEnv(name, value)
  const env = readConsoleEnv()
  const url = 'http://127.0.0.1:4400'
  const { webUrl } = await prepareRoles(store.url)
  const sessionSecret = makeKey(home, 'session-secret', () => randomBytes(32).toString('base64url'))
  taken = childEnv(toldWeb(env, { webUrl, url, sessionSecret }))
  workers = childEnv(toldWorker(env, { storeUrl: store.url, url }))
  await furnish()
  vi.unstubAllEnvs()
  web = new pg.Client({ connectionString: taken['MATRIARCH_WEB_DATABASE_URL'] })
  await web.connect()
})

afterAll(async () => {
  await web.end()
  await agent[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
})

test('the environment is enough for the web process, and names neither keys, nor the owner of the store, nor witnesses', () => {
  for (const [name, value] of Object.entries(taken)) vi.stubEnv(name, value)
  expect(readWebEnv()).toMatchObject({ databaseUrl: taken['MATRIARCH_WEB_DATABASE_URL'] })
  vi.unstubAllEnvs()
  const names = ['DATABASE_URL', 'MATRIARCH_HOME', 'MATRIARCH_WORKER_ID', 'MATRIARCH_ADMIN_PASSWORD']
  for (const name of [...names, 'MATRIARCH_AUDIT_WITNESS', 'MATRIARCH_DEBUG_KILL_FILE'])
    expect([name, taken[name]]).toEqual([name, undefined])
  // Of which the worker has what it needs.
  expect(workers).toMatchObject({ DATABASE_URL: store.url, MATRIARCH_HOME: home })
  expect(workers['MATRIARCH_AUDIT_WITNESS']).toContain(canaries.of('password of a witness'))
  const text = JSON.stringify(taken)
  expect(canaries.foundIn(text)).toEqual([])
  expect(text).not.toContain(home)
})

test('what the role may read holds no secret, readable or to be read with what the environment has', async () => {
  const { rows: columns } = await web.query<{ name: string; columns: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, string_agg(format('%I', a.attname), ', ') as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
        and n.nspname not in ('pg_catalog', 'information_schema') and has_column_privilege(c.oid, a.attnum, 'select')
      group by 1`,
  )
  expect(columns.length).toBeGreaterThan(40)
  const found: string[] = []
  for (const { name, columns: list } of columns) {
    const { rows } = await web.query(`select ${list} from ${name}`)
    found.push(...canaries.foundIn(rows.map((row) => asText(row)).join('\n')).map((secret) => `${name}: ${secret}`))
  }
  expect(found).toEqual([])
  // The secrets are there: their owner reads them with the workers' keys, whoever has only this environment does not.
  const cluster = await findCluster(store, 'orders')
  if (!cluster) throw new Error('The cluster is not there.')
  const { rows } = await store.pool.query<{ sealed: Buffer }>('select sealed from secret')
  const sealed = rows[0]?.sealed ?? Buffer.alloc(0)
  const place = `secret|${cluster.id}|patroni-password|sealed`
  expect(unsealSecret(keys.sealing.privateKey, sealed, place)).toContain(canaries.of('password of Patroni'))
  for (const seed of seedsIn(taken)) expect(() => unsealSecret(x25519Of(seed), sealed, place)).toThrow(/./)
})

test('the role becomes no other, and neither its password nor the session secret opens the store as its owner', async () => {
  const owner = new URL(store.url)
  const statements = [
    `set role ${owner.username}`,
    `set session authorization ${owner.username}`,
    'set session_replication_role = replica',
    'create function mine() returns int language sql as $$ select 1 $$',
    'copy (select 1) to program $$id$$',
    'copy (select 1) to $$/tmp/mine$$',
    'select pg_read_file($$/etc/passwd$$)',
    'select lo_import($$/etc/passwd$$)',
    'alter system set log_statement = $$all$$',
    'create extension dblink',
    'alter table audit_event owner to current_user',
    'drop table audit_event',
    'create trigger mine before insert on audit_event for each row execute function audit_kept()',
    'select * from factor',
  ]
  for (const sql of statements) {
    const code = await web.query(sql).then(
      () => 'done',
      (error: unknown) => (error instanceof pg.DatabaseError ? error.code : String(error)),
    )
    expect([sql, code]).toEqual([sql, '42501'])
  }
  // What cannot be granted is only warned of.
  await web.query('grant select on secret to current_user')
  await expect(web.query('select sealed from secret')).rejects.toMatchObject({ code: '42501' })
  for (const password of [
    new URL(taken['MATRIARCH_WEB_DATABASE_URL'] ?? '').password,
    taken['NEXTAUTH_SECRET'] ?? '',
  ]) {
    const url = new URL(store.url)
    url.password = password
    const client = new pg.Client({ connectionString: url.href })
    client.on('error', () => {})
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' })
    await client.end().catch(() => {})
  }
})

test('an agent does nothing that is signed with what the web process has, nor with a key of its own', async () => {
  const before = agent.obeyed.length
  for (const privateKey of [generateKeyPairSync('ed25519').privateKey, ...seedsIn(taken).map(ed25519Of)]) {
    // Named as the workers' key is named: what counts is who signed.
    const key = { ...makeTestKey(), privateKey, publicKey: signingKey.publicKey }
    const known = { id: agent.id, node: 'pg-node-1', address: agent.address, certificatePin: agent.pin }
    await expect(askStatus({ agent: known, key, counter: 0, now: new Date(), timeoutMs: 2_000 })).rejects.toThrow(
      /signature/,
    )
    const binding = { operation: randomUUID(), step: 'stop', epoch: 9, planHash: 'a'.repeat(64) }
    const call = { agent: known, key, binding, now: new Date() }
    await expect(
      callVerb({ ...call, verb: 'log-tail', args: { log: 'postgres', lines: 5 } }, z.unknown()),
    ).rejects.toThrow(/signature/)
  }
  expect(agent.obeyed).toHaveLength(before)
  // Nor is another key put in the place of the workers', or another agent in the place of this one.
  for (const sql of [
    `update setting set value = '{}'`,
    'delete from setting',
    `update agent set identity_key = 'x', certificate_pin = 'x', address = '10.9.9.9:8009'`,
  ])
    await expect(web.query(sql)).rejects.toMatchObject({ code: '42501' })
})

test('the audit log stays whole whatever is tried, and what is put in stands in it for ever', async () => {
  const tried = [
    `update audit_event set actor_name = 'nobody'`,
    'delete from audit_event',
    'truncate audit_event',
    'insert into audit_event select * from audit_event',
    'update audit_head set seq = 0',
    `update audit_checkpoint set hash = 'x'`,
    'delete from audit_witness',
    'alter table audit_event disable trigger all',
  ]
  for (const sql of tried) await expect(web.query(sql)).rejects.toMatchObject({ code: '42501' })
  const { rows } = await web.query(
    `select audit_append(null, 'nobody', 'user', 'users.create', 'x', null, null, null, 'done', null, '{}') as seq`,
  )
  expect(rows).toEqual([{ seq: '3' }])
  await expect(web.query('delete from audit_event where seq = 3')).rejects.toMatchObject({ code: '42501' })
  expect(await verifyAudit(store)).toMatchObject({ ok: true, records: 3, checkpoints: 1 })
})

async function furnish(): Promise<void> {
  const draft = {
    name: 'orders',
    labels: [],
    patroniUrls: ['http://10.0.0.1:8008'],
    patroniUser: 'patroni',
    caPem: null,
    etcdUrls: [],
    etcdUser: null,
    etcdNamespace: '/service',
    haproxyUrl: null,
    haproxyUser: null,
    postgresUser: null,
    postgresDatabase: 'postgres',
    poolerPort: null,
    secrets: { 'patroni-password': canaries.of('password of Patroni') },
  }
  await inTransaction(store, (tx) =>
    insertCluster(tx, draft, { scope: 'orders', systemIdentifier: '1', isStandby: false }),
  )
  const cluster = await findCluster(store, 'orders')
  canaries.add('password of the owner of the store', new URL(store.url).password)
  agent = Object.assign(await startTestAgent('pg-node-1'), { workerKey: signingKey.publicKey })
  await inTransaction(store, (tx) =>
    putAgent(tx, {
      id: agent.id,
      clusterId: cluster?.id ?? '',
      node: 'pg-node-1',
      address: agent.address,
      identityKey: 'x',
      certificatePin: agent.pin,
      version: '1.0.0',
      enrolledBy: 'test',
    }),
  )
  const person = await addPerson(store, 'ada@example.org')
  const app = await addAuthenticator(store, keys, person, { isVouched: true })
  canaries.add('secret of an authenticator app', app.secret)
  for (const name of ['Ada', 'Bob']) {
    const actor = { id: null, name, kind: 'user' } as const
    const act = { action: 'users.create', target: name, cluster: null, reason: null, operationId: null, detail: {} }
    await inTransaction(store, (tx) => recordAudit(tx, { actor, ...act, outcome: 'done' }))
  }
  await signCheckpoint(store, signingKey.privateKey, new Date())
}

function keyTextIn(file: string): string {
  return file.startsWith('-----') ? (file.split('\n')[1] ?? '') : file.trim()
}

function asText(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'type' in value && 'data' in value && Array.isArray(value.data)
      ? Buffer.from(value.data).toString('latin1')
      : value,
  )
}

/** Each text of the environment as a seed of a key, as it is and hashed. */
function seedsIn(env: NodeJS.ProcessEnv): Buffer[] {
  return Object.values(env).flatMap((text = '') => [
    createHash('sha256').update(text).digest(),
    ...(Buffer.from(text, 'base64url').length === 32 ? [Buffer.from(text, 'base64url')] : []),
  ])
}

function ed25519Of(seed: Buffer) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' })
}

function x25519Of(seed: Buffer) {
  const prefix = Buffer.from('302e020100300506032b656e04220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' })
}
