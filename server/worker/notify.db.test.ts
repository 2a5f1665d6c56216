import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChannelSettings } from '#domain/alerts/notify/channel.ts'
import { outOfReach } from '#server/adapters/reach/guard.ts'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { loadWorkerKeys, type WorkerKeys } from '#server/store/keys.ts'
import { insertChannel } from '#server/store/notifications/channels.ts'
import { retryNotification } from '#server/store/notifications/log.ts'
import { replaceRoutes } from '#server/store/notifications/routes.ts'
import { inTransaction, openStore } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { deliverOnOne } from './notify/deliver.ts'
import { callHeartbeats } from './notify/heartbeats.ts'
import { testChannel } from './notify/test-channel.ts'
import { Bench } from './notify/testing/bench.ts'
import { ok, serveReceiver } from './notify/testing/receiver.ts'

let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-notify-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

const webhook = (url: string): ChannelSettings => ({ kind: 'webhook', url, user: null, caPem: null })

test('what a receiver that fails and recovers is told arrives later, in order, the end after the beginning', async () => {
  await using store = await openTestStore()
  await using receiver = await serveReceiver((_, response, n) => {
    if (n <= 2) response.statusCode = 503
    response.end('busy')
  })
  const bench = await new Bench(store, keys).open(webhook(receiver.url), 'a-bearer')
  const alert = bench.alert()
  await bench.keep('began', alert)
  await deliverOnOne(bench.worker())
  expect(await bench.rows()).toMatchObject([{ state: 'waiting', attempts: 1, problem: 'It answered 503' }])
  // Over while the receiver is down: it may know of it, so both are told.
  await bench.end(alert)
  for (let n = 0; n < 4; n += 1) {
    await bench.pass()
    await deliverOnOne(bench.worker())
  }
  expect(await bench.rows()).toMatchObject([
    { kind: 'resolve', state: 'sent', attempts: 1 },
    { kind: 'trigger', state: 'sent', attempts: 3 },
  ])
  expect(receiver.got.map(({ body }) => body['status'])).toEqual(['firing', 'firing', 'firing', 'resolved'])
  expect(receiver.got[0]?.headers.authorization).toBe('Bearer a-bearer')
  expect(receiver.got[3]?.body['alerts'][0].fingerprint).toBe(receiver.got[0]?.body['alerts'][0].fingerprint)
})

test('what is over before it was told is never told, and warnings of a cluster become one message', async () => {
  await using store = await openTestStore()
  await using receiver = await serveReceiver(ok)
  const bench = await new Bench(store, keys).open(webhook(receiver.url))
  const warnings = ['a', 'b', 'c'].map((subject) => bench.alert({ severity: 'warning', subject }))
  for (const alert of warnings) await bench.keep('began', alert)
  expect(await deliverOnOne(bench.worker())).toBe(false)
  if (warnings[2]) await bench.end(warnings[2])
  await bench.pass()
  await deliverOnOne(bench.worker())
  expect(receiver.got).toHaveLength(1)
  expect(receiver.got[0]?.body['alerts']).toHaveLength(2)
  expect((await bench.rows()).map(({ state }) => state).toSorted()).toEqual(['dropped', 'sent', 'sent'])
})

test('a receiver that takes it and says more than anybody reads, or says it compressed, is told once', async () => {
  await using store = await openTestStore()
  await using receiver = await serveReceiver((_, response, n) => {
    if (n === 1) response.end('x'.repeat(200_000))
    else response.setHeader('content-encoding', 'gzip').end(Buffer.from([0x1f, 0x8b]))
  })
  const bench = await new Bench(store, keys).open(webhook(receiver.url))
  for (const subject of ['a', 'b']) {
    await bench.keep('began', bench.alert({ subject }))
    await deliverOnOne(bench.worker())
  }
  expect(await bench.rows()).toMatchObject([
    { state: 'sent', attempts: 1, response: '200' },
    { state: 'sent', attempts: 1, response: '200' },
  ])
})

test('a refusal is a dead letter that can be tried again; a limit is kept to', async () => {
  await using store = await openTestStore()
  let status = 400
  await using receiver = await serveReceiver((_, response) => {
    response.statusCode = status
    if (status === 429) response.setHeader('retry-after', '120')
    response.end('{"message":"the key 0123456789abcdef0123456789abcdef is not known"}')
  })
  const settings = { kind: 'pagerduty' as const, url: `${receiver.url}/v2/enqueue` }
  const key = '0123456789abcdef0123456789abcdef'
  const bench = await new Bench(store, keys).open(settings, key)
  await bench.keep('began', bench.alert())
  await deliverOnOne(bench.worker())
  const [dead] = await bench.rows()
  expect(dead).toMatchObject({ state: 'dead', problem: expect.stringContaining('It answered 400') })
  expect(JSON.stringify(await store.pool.query('select * from notification').then(({ rows }) => rows))).not.toContain(
    key,
  )
  status = 429
  expect(await retryNotification(store.pool, dead?.id ?? 0)).toBe(true)
  await deliverOnOne(bench.worker())
  const [limited] = await bench.rows()
  expect(limited?.state).toBe('waiting')
  expect((limited?.nextAttemptAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(100_000)
  status = 202
  await bench.pass()
  await deliverOnOne(bench.worker())
  expect(await bench.rows()).toMatchObject([{ state: 'sent' }])
  expect(receiver.got.at(-1)?.body).toMatchObject({
    routing_key: key,
    event_action: 'trigger',
    dedup_key: dead?.told.key,
  })
})

test('two workers send each notification once; a receiver that hangs holds up no other channel', async () => {
  await using store = await openTestStore({ max: 8 })
  await using hanging = await serveReceiver(() => {})
  await using receiver = await serveReceiver(ok)
  const bench = await new Bench(store, keys).open(webhook(receiver.url))
  const slow = await inTransaction(store, (tx) =>
    insertChannel(tx, { name: 'slow', settings: webhook(hanging.url), sendsResolved: true, isPaused: false }, 'test'),
  )
  const steps = [{ afterMinutes: 0, channelIds: [slow.id, bench.channelId] }]
  await inTransaction(store, (tx) =>
    replaceRoutes(tx, [
      { severity: 'info', cluster: null, label: null, hours: null, steps, repeatMinutes: null, goesOn: false },
    ]),
  )
  for (let n = 0; n < 10; n += 1) await bench.keep('began', bench.alert({ subject: `s${n}` }))
  let isHanging = true
  const all = Promise.all([1, 2, 3, 4].map(() => deliverOnOne(bench.worker()))).finally(() => (isHanging = false))
  await expect.poll(() => receiver.got.flatMap(({ body }) => body['alerts']).length, { timeout: 60_000 }).toBe(10)
  expect(isHanging).toBe(true)
  await all
  const keysTold = receiver.got.flatMap(({ body }) =>
    body['alerts'].map((one: { fingerprint: string }) => one.fingerprint),
  )
  expect(new Set(keysTold).size).toBe(keysTold.length)
  expect(
    (await bench.rows()).filter(({ channelName, state }) => channelName === 'slow' && state === 'waiting'),
  ).toHaveLength(10)
})

test('a worker killed between sending and marking is followed by one that tells it once more, and no more', async () => {
  await using store = await openTestStore()
  const held: ServerResponse[] = []
  await using receiver = await serveReceiver((_, response, n) => (n === 1 ? held.push(response) : response.end('ok')))
  const bench = await new Bench(store, keys).open(webhook(receiver.url))
  await bench.keep('began', bench.alert())
  const code = `
    import { deliverOnOne } from './server/worker/notify/deliver.ts'
    import { openStore } from './server/store/open.ts'
    import { loadWorkerKeys } from './server/store/keys.ts'
    import { createLog } from './server/log.ts'
    import './tools/testing/reach-loopback.ts'
    const [url, home] = process.argv.slice(-2)
    await deliverOnOne({ store: openStore(url, { max: 3 }), keys: loadWorkerKeys(home), holder: 'killed', publicUrl: null,
      log: createLog('test'), signal: new AbortController().signal })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code, store.url, home], {
    cwd: new URL('../..', import.meta.url).pathname,
    stdio: 'inherit',
  })
  await expect.poll(() => receiver.got.length, { timeout: 90_000 }).toBe(1)
  const gone = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGKILL')
  await gone
  // The dead one still holds the channel, and lets go by itself.
  expect(await deliverOnOne(bench.worker())).toBe(false)
  await store.pool.query(`update channel_hold set held_until = now() - interval '1 second'`)
  expect(await deliverOnOne(bench.worker())).toBe(true)
  expect(await deliverOnOne(bench.worker())).toBe(false)
  expect(receiver.got).toHaveLength(2)
  expect(await bench.rows()).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('a secret goes only where it was typed for, and the web tier never reads it', async () => {
  await using store = await openTestStore()
  await using receiver = await serveReceiver(ok)
  const bench = await new Bench(store, keys).open(webhook('https://alerts.example.org/'), 'a-bearer')
  const { webUrl } = await prepareRoles(store.url)
  const web = openStore(webUrl, { max: 1 })
  try {
    await expect(web.pool.query('select sealed from channel_secret')).rejects.toThrow('permission denied')
    await expect(web.pool.query('insert into notification (channel_id) values (gen_random_uuid())')).rejects.toThrow(
      'permission denied',
    )
    await web.pool.query('update channel set settings = $1', [JSON.stringify(webhook(receiver.url))])
  } finally {
    await web.close()
  }
  const tested = await testChannel(bench.worker(), { channelId: bench.channelId, by: 'Ada' })
  expect(tested).toMatchObject({ isAccepted: false, answer: expect.stringContaining('Type it again') })
  expect(receiver.got).toHaveLength(0)
})

test('addresses that trust whoever reaches them are not sent to', async () => {
  await using store = await openTestStore()
  const bench = await new Bench(store, keys).open(webhook('http://169.254.169.254/latest'))
  const tested = await testChannel(bench.worker(), { channelId: bench.channelId, by: 'Ada' })
  expect(tested).toMatchObject({ isAccepted: false, answer: outOfReach })
})

test('a heartbeat is called while alerts are looked at, and not when nobody does', async () => {
  await using store = await openTestStore()
  await using receiver = await serveReceiver(ok)
  const bench = await new Bench(store, keys).open({ kind: 'heartbeat' }, `${receiver.url}/ping`)
  await callHeartbeats(bench.worker())
  await callHeartbeats(bench.worker())
  expect(receiver.got).toHaveLength(1)
  await store.pool.query(`update channel_hold set attempted_at = null`)
  await store.pool.query(
    `insert into alert_engine_beat (cluster_id, evaluated_at) values ($1, now() - interval '2 minutes')`,
    [bench.clusterId],
  )
  await callHeartbeats(bench.worker())
  expect(receiver.got).toHaveLength(1)
})

test('what a silence held back is told once it ends, if it still fires', async () => {
  await using store = await openTestStore()
  await using receiver = await serveReceiver(ok)
  const bench = await new Bench(store, keys).open(webhook(receiver.url))
  await store.pool.query(
    `insert into silence (cluster_id, reason, created_by, ends_at) values ($1, 'work', 'Ada', now() + interval '1 hour')`,
    [bench.clusterId],
  )
  await bench.keep('began', bench.alert())
  expect(await bench.rows()).toEqual([])
  await store.pool.query(`update silence set ends_at = now() - interval '1 ms'`)
  await Promise.all([tellAll(store, new Date()), tellAll(store, new Date())])
  expect(await bench.rows()).toHaveLength(1)
})
