import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ChainEnd } from '#domain/audit-chain/link.ts'
import { readWitnessAddress } from '#domain/audit-chain/witness-address.ts'
import { keptByStore } from '#server/audit/checkpoints.ts'
import { recordAudit } from '#server/audit/record.ts'
import { asSuperuser, edited } from '#server/audit/testing/remake-chain.ts'
import { verifyAudit } from '#server/audit/verify.ts'
import { witnessesOf } from '#server/audit/witnesses.ts'
import { startTestAgent } from '#server/adapters/agent/testing/test-agent.ts'
import { createLog } from '#server/log.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { listEvents } from '#server/store/events.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { loadSigningKey, publishSigningKey, type SigningKey } from '#server/store/signing-key.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { AuditWitnesses } from './audit-witnesses.ts'
import { signAndSend } from './sign-checkpoints.ts'
import { watchAgents } from './watch-agents.ts'

const clusterId = randomUUID()
const witness = 'pg-node-1 of main'
const forgetSigned = 'delete from audit_checkpoint'
let home: string
let signingKey: SigningKey
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-disputed-'))
  signingKey = loadSigningKey(home)
})
afterAll(() => rmSync(home, { recursive: true }))

const attacks: [string, string, { isStarted: boolean; signs: boolean }][] = [
  ['by the worker that signed before', forgetSigned, { isStarted: false, signs: false }],
  ['by a worker started since', forgetSigned, { isStarted: true, signs: false }],
  [
    'by a worker started since, where what witnesses keep was deleted too',
    `${forgetSigned}; delete from audit_witness`,
    { isStarted: true, signs: true },
  ],
]

test.each(attacks)('history made anew is disputed %s', async (_, sql, { isStarted, signs }) => {
  await using store = await openTestStore()
  await using stage = await agentStage(store)
  const { agent, kept } = stage
  await asSuperuser(store, `${edited(5, true)}; ${sql}`)
  await record(store)
  if (isStarted) stage.witnesses = new AuditWitnesses(store, signingKey)
  const asked = agent.statusAsked.length
  for (const _ of ['signed', 'heard', 'and again']) await stage.look()
  expect(await keptByStore(store.pool)).toHaveLength(signs ? 1 : 0)
  expect(agent.statusAsked.slice(asked).filter(({ checkpoint }) => checkpoint)).toEqual([])
  expect(await told(store, 'agent pg-node-1')).toEqual([
    expect.stringContaining('disputed by pg-node-1: It keeps another hash of record 6'),
  ])
  expect((await told(store, 'console')).map((sentence) => sentence.slice(0, 43))).toEqual(
    signs ? [] : ['No new checkpoint of the audit log is signe'],
  )
  expect(await witnessesOf(store.pool)).toMatchObject([{ name: witness, ...kept, problem: expect.any(String) }])
  expect(await verifyAudit(store)).toMatchObject({
    ok: false,
    firstBad: 1,
    sentence: expect.stringContaining(`${witness} kept another hash at record 6`),
  })
  // What it holds stays the proof, whatever is told later.
  const { rows } = await store.pool.query<ChainEnd>('select seq, hash from audit_event order by seq desc limit 1')
  agent.status = { checkpoints: { kept: rows[0] ?? null, problem: null, isDisputed: false } }
  await stage.look()
  expect(await witnessesOf(store.pool)).toMatchObject([{ name: witness, ...kept }])
  expect(await verifyAudit(store)).toMatchObject({ ok: false })
})

test('a log that only looks as it was kept, and goes on otherwise, is given to nobody', async () => {
  await using store = await openTestStore()
  await using stage = await agentStage(store)
  const { agent, kept } = stage
  await asSuperuser(store, `${edited(5, true)}; ${forgetSigned}; delete from audit_witness`)
  await record(store)
  stage.witnesses = new AuditWitnesses(store, signingKey)
  await stage.witnesses.sign(new Date())
  const asked = agent.statusAsked.length
  await asSuperuser(store, `update audit_event set hash = '${kept.hash}' where seq = 6`)
  for (const _ of ['heard', 'to be given', 'heard']) await watchAgents(stage.watch())
  expect(agent.statusAsked.slice(asked).filter(({ checkpoint }) => checkpoint)).toEqual([])
  expect(await told(store, 'agent pg-node-1')).toContainEqual(expect.stringContaining('record 7 is wrong'))
  expect(await verifyAudit(store)).toMatchObject({ ok: false, firstBad: 6 })
})

test('checkpoints that are gone while the log agrees with what is kept are told of, and signed anew', async () => {
  await using store = await openTestStore()
  await using stage = await agentStage(store)
  await asSuperuser(store, forgetSigned)
  expect(await verifyAudit(store)).toMatchObject({
    ok: true,
    gone: [expect.stringContaining(`The signed checkpoint of record 6, which ${witness} keeps, is gone`)],
  })
  await record(store)
  stage.witnesses = new AuditWitnesses(store, signingKey)
  for (const _ of ['signed', 'heard', 'given']) await stage.look()
  const gone = expect.stringContaining('The signed checkpoint of record 6')
  expect([await told(store, 'console'), await told(store, 'agent pg-node-1')]).toEqual([[gone], [gone]])
  expect(stage.agent.statusAsked.at(-1)).toMatchObject({ checkpoint: { seq: 7 } })
})

test('an agent that is enrolled anew begins anew, and its word is taken again', async () => {
  await using store = await openTestStore()
  await using stage = await agentStage(store)
  await asSuperuser(store, `${edited(5, true)}; ${forgetSigned}`)
  await stage.look()
  expect(await verifyAudit(store)).toMatchObject({ ok: false })
  // Its operator has kept the file, and begun a new one.
  await store.pool.query('update agent set enrolled_at = clock_timestamp()')
  stage.agent.status = { checkpoints: { kept: null, problem: null, isDisputed: false } }
  await asSuperuser(store, `update audit_witness set kept_at = kept_at - interval '1 second'`)
  await record(store)
  const { rows } = await store.pool.query<ChainEnd>('select seq, hash from audit_event order by seq desc limit 1')
  await stage.look()
  stage.agent.status = { checkpoints: { kept: rows[0] ?? null, problem: null, isDisputed: false } }
  await stage.look()
  expect(await witnessesOf(store.pool)).toMatchObject([{ name: witness, seq: 7, problem: null }])
})

test('syslog and a webhook are sent nothing newer than what history made anew contradicts', async () => {
  await using store = await openTestStore()
  await prepare(store)
  const heard = { tcp: '', web: '' }
  const tcp = createTcp((socket) => socket.on('data', (data) => (heard.tcp += data.toString()))).listen(0, '127.0.0.1')
  const web = createHttp((request, response) => {
    request.on('data', (data: Buffer) => (heard.web += data.toString()))
    request.on('end', () => response.writeHead(204).end())
  }).listen(0, '127.0.0.1')
  try {
    await Promise.all([once(tcp, 'listening'), once(web, 'listening')])
    const port = (server: { address: () => string | AddressInfo | null }) => (server.address() as AddressInfo).port
    const addresses = [`syslog+tcp://127.0.0.1:${port(tcp)}`, `http://127.0.0.1:${port(web)}/keep`].flatMap(
      (text) => readWitnessAddress(text) ?? [],
    )
    const given = () => ({ store, addresses, log: silent(), witnesses: new AuditWitnesses(store, signingKey) })
    await signAndSend(given(), new Date())
    await vi.waitUntil(() => heard.tcp !== '' && heard.web !== '', { timeout: 60_000 })
    const before = { ...heard }
    const rows = await witnessesOf(store.pool)
    expect(rows).toHaveLength(2)
    // Signed by a worker to whom nobody had told anything.
    await asSuperuser(
      store,
      `${edited(5, true)}; ${forgetSigned}; create table held as table audit_witness; delete from audit_witness`,
    )
    await record(store)
    await new AuditWitnesses(store, signingKey).sign(new Date())
    await asSuperuser(store, 'insert into audit_witness select * from held')
    for (const _ of ['once', 'and again']) await signAndSend(given(), new Date())
    expect(heard).toEqual(before)
    expect(await told(store, 'console')).toEqual(
      rows.map(({ name }) => expect.stringContaining(`disputed by ${name}: It keeps another hash of record 6`)),
    )
    expect(await witnessesOf(store.pool)).toMatchObject(rows.map(({ name, seq, hash }) => ({ name, seq, hash })))
    expect(await verifyAudit(store)).toMatchObject({
      ok: false,
      firstBad: 1,
      sentence: expect.stringContaining(`${rows[0]?.name ?? ''} kept another hash at record 6`),
    })
  } finally {
    for (const server of [tcp, web]) server.close()
  }
})

/** Six records, signed; an agent keeps the checkpoint and has told so. */
async function agentStage(store: TestStore) {
  await prepare(store)
  const agent = Object.assign(await startTestAgent('pg-node-1'), { workerKey: signingKey.publicKey })
  await inTransaction(store, (tx) =>
    putAgent(tx, {
      id: agent.id,
      clusterId,
      node: 'pg-node-1',
      address: agent.address,
      identityKey: 'x',
      certificatePin: agent.pin,
      version: '1.0.0',
      enrolledBy: 'test',
    }),
  )
  const signal = new AbortController().signal
  const stage = {
    agent,
    kept: { seq: 0, hash: '' },
    witnesses: new AuditWitnesses(store, signingKey),
    watch: () => ({ store, signingKey, executorId: 'worker-1', log: silent(), signal, witnesses: stage.witnesses }),
    async look() {
      await signAndSend({ store, addresses: [], log: silent(), witnesses: stage.witnesses }, new Date())
      await watchAgents(stage.watch())
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  }
  agent.status = { checkpoints: { kept: null, problem: null, isDisputed: false } }
  await stage.look()
  await stage.look()
  const { checkpoint } = agent.statusAsked.at(-1) ?? {}
  stage.kept = { seq: checkpoint?.seq ?? 0, hash: checkpoint?.hash ?? '' }
  expect(stage.kept.seq).toBe(6)
  agent.status = { checkpoints: { kept: stage.kept, problem: null, isDisputed: false } }
  await stage.look()
  return stage
}

async function prepare(store: Store): Promise<void> {
  await publishSigningKey(store, signingKey, null)
  await store.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{}')`, [clusterId])
  await store.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '5 minutes')`, [clusterId])
  for (let n = 1; n <= 6; n++) await record(store)
}

function record(store: Store): Promise<number> {
  const actor = { id: null, name: 'Ada', kind: 'user' } as const
  const act = { action: 'users.create', target: 'a', cluster: null, reason: null, operationId: null, detail: {} }
  return inTransaction(store, (tx) => recordAudit(tx, { actor, ...act, outcome: 'done' }))
}

async function told(store: Store, source: string): Promise<string[]> {
  const events = await listEvents(store, { clusterId, kinds: ['audit-log-disputed'], limit: 10 })
  return events
    .filter(({ sources }) => sources.includes(source))
    .map(({ sentence }) => sentence)
    .toSorted()
}

function silent() {
  const log = createLog('test')
  log.level = 'silent'
  return log
}
