import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChannelSettings } from '#domain/alerts/notify/channel.ts'
import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { serveHttp, serveTcp, type LocalServer } from '#server/adapters/testing/local-server.ts'
import { allProcedures } from '#server/api/procedures.ts'
import { routes } from '#server/api/rest/routes.ts'
import { openTestConsole, type TestConsole } from '#server/api/testing/console.ts'
import { sweep } from '#server/api/testing/sweep.ts'
import { signIn } from '#server/auth/sign-in.ts'
import { createAccess } from '#server/collector/access.ts'
import { Board } from '#server/collector/board.ts'
import { checkProof } from '#server/factors/check-proof.ts'
import { createLog } from '#server/log.ts'
import type { CheckProof } from '#server/operations/approvals/check-proof.ts'
import { findCluster, insertCluster } from '#server/store/clusters.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { insertIncident } from '#server/store/alerts/incidents.ts'
import { inTransaction } from '#server/store/open.ts'
import { readClusterSecrets } from '#server/store/secrets.ts'
import { loadSigningKey, publishSigningKey, type SigningKey } from '#server/store/signing-key.ts'
import { openDistributionStore, type DistributionStore } from '#tools/testing/distribution-store.ts'
import { answerInquiries } from './answer-inquiries.ts'
import { Canaries } from '#tools/testing/canaries.ts'

const canaries = new Canaries()
/** All that anybody was told, by what it is; and all that was logged. */
const told: [string, string][] = []
let logged = ''
const log = createLog('canary', { write: (line: string) => void (logged += line) })
log.level = 'trace'

let home: string
let keys: WorkerKeys
let signingKey: SigningKey
let store: DistributionStore
let console: TestConsole
let token: string
let echo: LocalServer
let silent: LocalServer
let working: Promise<void>
const ended = new AbortController()

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-canary-'))
  keys = loadWorkerKeys(home)
  signingKey = loadSigningKey(home)
  canaries.add('key-encryption key', readFileSync(join(home, 'keys/kek'), 'utf8').trim())
  for (const name of ['sealing-key', 'signing-key']) {
    canaries.add(name, readFileSync(join(home, 'keys', name), 'utf8').split('\n')[1] ?? '')
  }
  store = await openDistributionStore()
  await publishSealingKey(store, keys, null)
  await publishSigningKey(store, signingKey, null)
  console = await openTestConsole(store)
  console.services.log = log
  console.services.secret = canaries.of('session secret')
  token = await console.token('admin')
  canaries.add('token of the interface', token)
  echo = await serveHttp((request, response) => void echoAll(request, response))
  working = answerAll()
  silent = await serveTcp((socket) => socket.once('data', (bytes: Buffer) => socket.end(bytes)))
})

afterAll(async () => {
  ended.abort()
  await working
  await echo[Symbol.asyncDispose]()
  await silent[Symbol.asyncDispose]()
  await console[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
})

/** A system that tells all it was sent, as a debugging page or an error message does. */
async function echoAll(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks).toString()
  response.statusCode = /config|authenticate|statistics/.test(request.url ?? '') ? 401 : 500
  const credentials = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString()
  response.end(JSON.stringify({ error: `${request.url} ${credentials} ${body}`, headers: request.headers }))
}

function draftAt(url: string, name: string, kind: string): ClusterDraft {
  return {
    name,
    labels: [],
    patroniUrls: [url],
    patroniUser: 'patroni',
    caPem: null,
    etcdUrls: [url],
    etcdUser: 'root',
    etcdNamespace: '/service',
    haproxyUrl: `${url}/statistics`,
    haproxyUser: 'stats',
    postgresUser: 'watcher',
    postgresDatabase: 'postgres',
    poolerPort: new URL(url).port === '' ? 6432 : Number(new URL(url).port),
    secrets: {
      'patroni-password': canaries.of(`${kind} password of Patroni`),
      'etcd-password': canaries.of(`${kind} password of etcd`),
      'haproxy-password': canaries.of(`${kind} password of HAProxy`),
      'postgres-password': canaries.of(`${kind} password of Postgres and pgBouncer`),
    },
  }
}

async function tell(what: string, response: Response | Promise<Response>): Promise<string> {
  const answer = await response
  const text = `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`
  told.push([what, text])
  return text
}

/** A worker that answers what the web tier asks, as long as the tests go on. */
async function answerAll(): Promise<void> {
  const check: CheckProof = (tx, given) => checkProof(tx, { store, keys, ...given })
  while (!ended.signal.aborted) {
    await answerInquiries({ store, keys, signingKey, publicUrl: null, checkProof: check, log, signal: ended.signal })
    await sleep(20)
  }
}

const ask = (method: string, path: string, body?: unknown): Promise<string> =>
  tell(`${method} ${path}`, console.rest(method, path, { token, body }))

test('secrets are kept, and used where they fail in every way', async () => {
  const draft = draftAt(echo.url, 'main', 'kept')
  await inTransaction(store, (tx) =>
    insertCluster(tx, draft, { scope: 'main', systemIdentifier: '1', isStandby: false }),
  )
  const cluster = await findCluster(store, 'main')
  if (!cluster) throw new Error('The cluster is not kept.')
  const secrets = await readClusterSecrets(store, keys, cluster.id)
  expect(secrets['patroni-password']?.value).toBe(canaries.of('kept password of Patroni'))
  const access = createAccess(cluster, secrets)
  const board = new Board(access, new Date())
  told.push(['what a worker holds of it', JSON.stringify([...board.entries])])
  const switchover = await access.patroni.requestSwitchover(echo.url, {
    leader: 'pg-1',
    candidate: null,
    scheduledAt: null,
  })
  told.push(['the answer to an act', JSON.stringify(switchover)])

  expect(await ask('POST', '/clusters/discover', draftAt(echo.url, 'typed', 'typed'))).toMatch(/^200 /)
  expect(await ask('POST', '/clusters/discover', draftAt(silent.url, 'typed', 'typed'))).toMatch(/^200 /)
  expect(await ask('POST', '/clusters', draftAt(echo.url, 'typed', 'typed'))).toMatch(/^400 /)
  await ask('PUT', '/clusters/main', draftAt(silent.url, 'main', 'typed'))
  await ask('GET', '/clusters/main/setup')
})

test('channels tell what they are told to, and fail', async () => {
  const email = {
    kind: 'email',
    host: '127.0.0.1',
    port: silent.port,
    security: 'none',
    isPlainAllowed: true,
    user: 'console',
    from: 'console@example.org',
    to: ['oncall@example.org'],
    zone: 'UTC',
    caPem: null,
  } satisfies ChannelSettings
  const channels: [string, ChannelSettings, string][] = [
    ['webhook', { kind: 'webhook', url: echo.url, user: null, caPem: null }, canaries.of('token of a webhook')],
    ['signed', { kind: 'webhook', url: echo.url, user: 'me', caPem: null }, canaries.of('password of a webhook')],
    ['slack', { kind: 'slack' }, `${echo.url}/services/${canaries.of('address of Slack')}`],
    ['pagerduty', { kind: 'pagerduty', url: echo.url }, canaries.of('key of PagerDuty')],
    ['heartbeat', { kind: 'heartbeat' }, `${echo.url}/${canaries.of('address of a heartbeat')}`],
    ['email', email, canaries.of('password of the mail server')],
  ]
  for (const [name, settings, secret] of channels) {
    const draft = { name, settings, sendsResolved: true, secret }
    expect(await ask('POST', '/channels', draft)).toMatch(/^201 /)
    await ask('POST', `/channels/${name}/test`, {})
  }
  // An address with a password in it is not taken, and not repeated.
  const typed = canaries.of('password in an address')
  await ask('POST', '/channels', {
    name: 'bad',
    settings: { kind: 'webhook', url: `http://me:${typed}@127.0.0.1/`, user: null, caPem: null },
    sendsResolved: true,
  })
  await ask('POST', '/channels', {
    name: 'bad',
    settings: { kind: 'slack' },
    sendsResolved: true,
    secret: `x ${typed}`,
  })
})

test('what is typed wrong is not repeated', async () => {
  const wrong = canaries.of('secret in the wrong place')
  const before = told.length
  const draft = draftAt(echo.url, 'typed', 'typed')
  await ask('POST', '/clusters', { ...draft, secrets: { 'patroni-pasword': wrong } })
  await ask('POST', '/clusters', { ...draft, password: wrong })
  await ask('POST', '/clusters', { ...draft, secrets: { 'patroni-password': [wrong] } })
  await ask('POST', '/clusters', { ...draft, secrets: { 'patroni-password': wrong.repeat(40) } })
  await ask('POST', '/clusters', { ...draft, patroniUrls: [`http://me:${wrong}@10.0.0.1:8008`] })
  await ask('POST', '/clusters', `{"secrets":{"patroni-password":"${wrong}"`)
  await ask('POST', `/clusters/discover?secret=${wrong}`, draft)
  await tell('a body that breaks off', console.command('clusters.add', { draft: { secrets: wrong } }))
  await tell('a stranger', console.rest('GET', '/clusters', { token: `mtr_${wrong}` }))
  expect(told.length - before).toBeGreaterThanOrEqual(9)
})

test('people come in, and fail to', async () => {
  const password = canaries.of('password of a person')
  const { email, cookie } = await console.signedIn('admin', password)
  canaries.add('cookie of a session', cookie.split('=')[1] ?? '')
  const attempt = { email, password, address: '10.0.0.1', userAgent: 'test', device: null }
  const { sessionSecret, device } = await signIn(console.services, attempt)
  canaries.add('secret of a session', sessionSecret)
  canaries.add('proof of a device', device ?? '')
  const mistaken = canaries.of('password typed wrong')
  for (const wrong of [{ password: mistaken }, { email: mistaken, password: mistaken }]) {
    const problem = await signIn(console.services, { ...attempt, ...wrong }).catch((error: unknown) => error)
    told.push(['a refused sign-in', String(problem)])
    log.warn({ error: problem }, 'a refused sign-in')
  }
  await tell(
    'a changed password',
    console.command('session.changePassword', { current: mistaken, next: mistaken }, { cookie }),
  )
  // Shown once, to whoever made it: that answer is the only place where it is.
  const made = await console.rest('POST', '/tokens', { token, body: { name: 'made', role: 'viewer' } })
  canaries.add('made token', /mtr_[\w-]+/.exec(await made.text())?.[0] ?? '')
  await sweep(store, { clusterId: (await findCluster(store, 'main'))?.id ?? '', version: 1 })
  const invited = await console.rest('POST', '/clusters/main/agents/pg-node-1/invitation', {
    token,
    body: { address: '10.0.0.5:8009' },
  })
  expect(invited.status).toBe(201)
  const invitation = /mta_[\w-]{22}\.([\w-]{43})\./.exec(await invited.text())
  canaries.add('secret of an invitation', invitation?.[1] ?? '')
})

test('everything there is to read is read', async () => {
  await insertIncident(store.pool, {
    id: '11111111-1111-4111-8111-111111111111',
    clusterId: (await findCluster(store, 'main'))?.id ?? '',
    clusterName: 'main',
    cause: 'leadership',
    severity: 'critical',
    sentence: 'Nobody leads.',
    openedAt: new Date(),
  })
  for (const { path } of routes.filter(({ method }) => method === 'GET')) {
    await ask('GET', path.replace('{name}', 'main').replaceAll(/\{\w+\}/g, '1'))
  }
  const inputs = [
    {},
    { cluster: 'main' },
    { name: 'main' },
    { number: 1 },
    { draft: draftAt(echo.url, 'typed', 'typed') },
  ]
  for (const { path } of allProcedures().filter(({ type }) => type === 'query')) {
    for (const input of inputs) await tell(path, console.query(path, input, { authorization: `Bearer ${token}` }))
  }
  for (const { path } of allProcedures().filter(({ type }) => type === 'subscription'))
    told.push([path, await firstOf(path)])
  expect(told.filter(([, text]) => text.startsWith('200 ')).length).toBeGreaterThan(30)
  expect(told.map(([what]) => what)).toContain('GET /incidents/1/report')
})

test('no secret is told to anybody', () => {
  expect(canaries.secrets.length).toBeGreaterThanOrEqual(25)
  const found = told.flatMap(([what, text]) => canaries.foundIn(text).map((secret) => `${what}: ${secret}`))
  expect([...new Set(found)]).toEqual([])
})

test('no secret is in the log, at its most talkative', () => {
  log.trace({ password: canaries.of('kept password of Patroni') }, 'hidden by its name')
  expect(logged).toContain('hidden by its name')
  expect(canaries.foundIn(logged)).toEqual([])
})

test('no secret is in a dump of the store, in any table or function', async () => {
  const { rows: tables } = await store.pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  )
  expect(tables.length).toBeGreaterThan(40)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await store.pool.query<{ line: string }>(`select t::text as line from ${name} t`)
    found.push(...canaries.foundIn(rows.map(({ line }) => line).join('\n')).map((secret) => `${name}: ${secret}`))
  }
  const { rows: notes } = await store.pool.query<{ text: string }>(
    `select coalesce(string_agg(prosrc, ' '), '') as text from pg_proc where pronamespace = 'public'::regnamespace`,
  )
  expect([...found, ...canaries.foundIn(notes[0]?.text ?? '')]).toEqual([])
})

test('no secret is in what pg_dump writes of the store, as it is, in hexadecimal digits or as base64', async () => {
  const dump = await store.dump()
  // All that is kept is in it, what is sealed too.
  expect(dump).toMatch(/COPY public\.cluster \(/)
  expect(dump).toMatch(/COPY public\.secret \(.*\n.*patroni-password/)
  expect(dump).toMatch(/COPY public\.app_session \(/)
  expect(canaries.foundIn(dump)).toEqual([])
  // It would have been seen there.
  const kept = canaries.of('written where it does not belong')
  await store.pool.query(`insert into setting (key, value) values ('canary', $1)`, [
    JSON.stringify({ hex: Buffer.from(kept).toString('hex') }),
  ])
  expect(canaries.foundIn(await store.dump())).toEqual(['written where it does not belong'])
  await store.pool.query(`delete from setting where key = 'canary'`)
})

async function firstOf(path: string): Promise<string> {
  const ending = new AbortController()
  const input = encodeURIComponent(JSON.stringify({ json: { cluster: null } }))
  const response = await console.send(`/api/trpc/${path}?input=${input}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: ending.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader && !/hello|appCode/.test(text)) {
    const { value, done } = await reader.read()
    if (done) break
    text += value
  }
  await reader?.cancel()
  ending.abort()
  return text
}
