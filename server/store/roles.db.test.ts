import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { inTransaction, openStore } from './open.ts'
import { grantWeb, prepareRoles } from './roles.ts'
import { makePartitions } from './samples/partitions.ts'
import { sampleTables } from './samples/resolutions.ts'

const clusterId = '00000000-0000-4000-8000-000000000001'

const refused = [
  'select sealed from secret',
  'select ciphertext from secret',
  'select * from secret',
  'update secret set ciphertext = sealed',
  'select sealed from channel_secret',
  'update channel_hold set held_until = null',
  'update notification set told = $${}$$',
  'delete from notification',
  'select sealed from inquiry',
  'select sealed from agent_invitation',
  'select * from agent_invitation',
  'update agent_invitation set refusal = $$a$$',
  "update agent_invitation set expires_at = now() + interval '1 year'",
  'insert into agent (id, cluster_id, node, address, identity_key, certificate_pin, version, enrolled_by) values (gen_random_uuid(), gen_random_uuid(), $$a$$, $$a$$, $$a$$, $$a$$, $$a$$, $$a$$)',
  'update agent set certificate_pin = $$a$$',
  'update inquiry set answer = null',
  'insert into event (cluster_id, cluster_name, kind, at, severity, sentence, sources) values (gen_random_uuid(), $$a$$, $$a$$, now(), $$info$$, $$a$$, $${}$$)',
  'update audit_event set actor_name = $$nobody$$',
  'delete from audit_event',
  'truncate audit_event',
  'insert into audit_event select * from audit_event',
  'update audit_head set seq = 0',
  'insert into audit_checkpoint (seq, hash, at, signature) values (1, $$a$$, $$a$$, $$a$$)',
  'delete from audit_checkpoint',
  'update audit_witness set problem = null',
  'update setting set value = $${}$$',
  "insert into setting (key, value) values ('samples.retention', '{}')",
  'update operation set state = $$succeeded$$',
  'update operation_step set state = $$done$$',
  // How far a step came is the worker's to say: a step that seems done would be passed over.
  'insert into operation_step (operation_id, n, name, title, state, intent) values (gen_random_uuid(), 1, $$preflight$$, $$a$$, $$done$$, $${}$$)',
  'insert into operation_step (operation_id, n, name, title, state, started_at) values (gen_random_uuid(), 1, $$preflight$$, $$a$$, $$done$$, now())',
  'insert into operation (id, cluster_id, cluster_name, kind, state, plan, plan_hash, reason, actor_id, actor_name, epoch, executor_id) values (gen_random_uuid(), gen_random_uuid(), $$a$$, $$switchover$$, $$running$$, $${}$$, $$a$$, $$a$$, $$a$$, $$a$$, 7, $$worker-1$$)',
  'insert into operation (id, cluster_id, cluster_name, kind, state, plan, plan_hash, reason, actor_id, actor_name, outcome, ended_at) values (gen_random_uuid(), gen_random_uuid(), $$a$$, $$switchover$$, $$succeeded$$, $${}$$, $$a$$, $$a$$, $$a$$, $$a$$, $$Switched over.$$, now())',
  'update latest_snapshot set level = $$healthy$$',
  'update backup_view set problem = $$a$$',
  'insert into backup_view (cluster_id) values (gen_random_uuid())',
  'delete from backup_view',
  'update stack_view set body = $${}$$',
  'delete from stack_view',
  'update operation set question = null',
  'update operation set result = $${}$$',
  'update operation_decision set way = $$commit$$',
  'delete from operation_decision',
  'insert into operation_decision (operation_id, n, way, reason, decided_by, decided_at) values (gen_random_uuid(), 1, $$commit$$, $$a$$, $$a$$, now())',
  'insert into operation_step (operation_id, n, name, title, state, appended_after) values (gen_random_uuid(), 9, $$open$$, $$a$$, $$pending$$, 8)',
  'insert into scheduled_run (cluster_id, kind, due_at, state) values (gen_random_uuid(), $$backup$$, now(), $$missed$$)',
  'delete from scheduled_run',
  'update node_sight set data_free_bytes = 1',
  'delete from node_sight',
  'update incident_log_line set text = $$a$$',
  'delete from incident_log_line',
  'delete from incident_log_source',
  'delete from incident_log_look',
  'update worker set heartbeat_at = now()',
  'create table mine (a int)',
  'alter table audit_event disable trigger all',
  'create role mine',
]

describe('what is refused changes nothing, so one store is there for all of it', () => {
  let store: TestStore
  let web: Awaited<ReturnType<typeof connectAsWeb>>
  beforeAll(async () => {
    store = await openTestStore()
    web = await connectAsWeb(store.url)
  })
  afterAll(async () => {
    await web[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  test.for(refused)('the web role may not: %s', async (sql) => {
    await web.query('begin')
    try {
      await expect(web.query(sql)).rejects.toMatchObject({ code: '42501' })
    } finally {
      await web.query('rollback')
    }
  })
})

test('the web role may write a secret sealed and see that it exists', async () => {
  await using store = await openTestStore()
  await store.pool.query("insert into cluster (id, name, endpoints) values ($1, 'main', '{}')", [clusterId])
  await using web = await connectAsWeb(store.url)
  const write = `insert into secret (cluster_id, name, sealed, updated_at) values ($1, 'etcd-password', $2, now())
    on conflict (cluster_id, name) do update set sealed = $2, updated_at = now()`
  await web.query(write, [clusterId, Buffer.from('one')])
  await web.query(write, [clusterId, Buffer.from('two')])
  const { rows } = await web.query('select cluster_id, name from secret')
  expect(rows).toEqual([{ cluster_id: clusterId, name: 'etcd-password' }])
})

test('the web role may record an audit act', async () => {
  await using store = await openTestStore()
  await using web = await connectAsWeb(store.url)
  const { rows } = await web.query(
    "select audit_append(null, 'a', 'console', 'b.c', 'd', null, null, null, 'done', null, '{}') as seq",
  )
  expect(rows).toEqual([{ seq: '1' }])
})

test('the web role may not enter the store beside its own', async () => {
  await using one = await openTestStore()
  await using two = await openTestStore()
  const { webUrl } = await prepareRoles(one.url)
  await prepareRoles(two.url)
  const url = new URL(webUrl)
  url.pathname = `/${two.database}`
  await using web = await connect(url.href)
  await expect(web.query('select * from cluster')).rejects.toMatchObject({ code: '42501' })
})

test('preparing twice, also at once, gives the same address', async () => {
  await using store = await openTestStore()
  const [first, second] = await Promise.all([prepareRoles(store.url), prepareRoles(store.url)])
  expect(second.webUrl).toBe(first.webUrl)
  expect(first.webUrl).not.toContain(new URL(store.url).password)
})

test('rights are given although somebody changes a table at that moment', async () => {
  await using store = await openTestStore()
  await prepareRoles(store.url)
  const other = new pg.Client({ connectionString: store.url })
  await other.connect()
  try {
    await other.query('begin')
    await other.query('alter table setting set (fillfactor = 90)')
    const granted = grantWeb(store.url)
    const waiting = "select 1 from pg_stat_activity where wait_event = 'transactionid' and datname = current_database()"
    await vi.waitUntil(async () => (await store.pool.query(waiting)).rows.length > 0, { timeout: 60_000 })
    await other.query('commit')
    await expect(granted).resolves.toBeUndefined()
  } finally {
    await other.end()
  }
})

test('rights are given while room for samples is made, and neither is refused', async () => {
  await using store = await openTestStore()
  await prepareRoles(store.url)
  const days = Array.from({ length: 40 }, (_, n) => new Date(Date.now() + n * 86_400_000))
  const granting = (async () => {
    for (let times = 0; times < 8; times += 1) await grantWeb(store.url)
  })()
  await Promise.all(sampleTables.map((table) => makePartitions(store, table, days)))
  await expect(granting).resolves.toBeUndefined()
})

test('the web role may enqueue an operation and nothing else in the schema of DBOS', async () => {
  await using store = await openTestStore()
  const { webUrl } = await prepareRoles(store.url)
  DBOS.setConfig({ name: 'matriarch', systemDatabaseUrl: store.url, enableOTLP: false, logLevel: 'error' })
  DBOS.registerWorkflow(async () => {}, { name: 'idle' })
  await DBOS.launch()
  await DBOS.shutdown()
  await grantWeb(store.url)
  const web = openStore(webUrl, { max: 2 })
  const client = await DBOSClient.create({ systemDatabaseUrl: webUrl, systemDatabasePool: web.pool })
  try {
    await inTransaction(web, (tx) =>
      client.enqueueInTransaction(
        tx,
        { workflowName: 'idle', queueName: 'operations', workflowID: clusterId },
        clusterId,
      ),
    )
    const { rows } = await store.pool.query('select status from dbos.workflow_status where workflow_uuid = $1', [
      clusterId,
    ])
    expect(rows).toEqual([{ status: 'ENQUEUED' }])
    const forbidden = [
      "update dbos.workflow_status set status = 'CANCELLED'",
      'delete from dbos.workflow_status',
      'select * from dbos.workflow_input',
      'select * from dbos.operation_outputs',
    ]
    for (const sql of forbidden) await expect(web.pool.query(sql)).rejects.toMatchObject({ code: '42501' })
  } finally {
    await client.destroy()
    await web.close()
  }
})

async function connectAsWeb(ownerUrl: string) {
  const { webUrl } = await prepareRoles(ownerUrl)
  return connect(webUrl)
}

async function connect(url: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}
