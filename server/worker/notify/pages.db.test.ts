import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { acknowledgeIncident, moveAlerts } from '#server/store/alerts/incidents.ts'
import { loadWorkerKeys, type WorkerKeys } from '#server/store/keys.ts'
import { retryNotification } from '#server/store/notifications/log.ts'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { deliverOnOne } from './deliver.ts'
import { Bench } from './testing/bench.ts'
import { serveReceiver } from './testing/receiver.ts'

let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-pages-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

const routingKey = '0123456789abcdef0123456789abcdef'

/** A pager that answers with a status, and a bench that tells it. */
async function openPager(store: Store, answer: { status: number } = { status: 202 }) {
  const receiver = await serveReceiver((_, response) => {
    response.statusCode = answer.status
    response.end('{"status":"success"}')
  })
  const url = `${receiver.url}/v2/enqueue`
  const bench = await new Bench(store, keys).open({ kind: 'pagerduty', url }, routingKey)
  const told = () => receiver.got.map(({ body }) => `${body['event_action']} ${body['dedup_key']}`)
  const send = async () => {
    await bench.pass()
    while (await deliverOnOne(bench.worker())) await bench.pass()
  }
  return { receiver, bench, told, send, [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose]() }
}

test('alerts of one incident are one page: it grows, is acknowledged, and ends with the last of them', async () => {
  await using store = await openTestStore()
  await using pager = await openPager(store)
  const { bench, told, send, receiver } = pager
  const incidentId = await bench.incident()
  const key = `matriarch:${bench.clusterId}:incident:1`
  const alerts = ['no-leader', 'member-unreachable', 'replication-broken'].map((ruleId) =>
    bench.alert({ ruleId, subject: ruleId, incidentId }),
  )
  for (const alert of alerts) {
    await bench.keep('began', alert)
    await send()
  }
  expect(told()).toEqual([`trigger ${key}`, `trigger ${key}`, `trigger ${key}`])
  expect(receiver.got.at(-1)?.body['payload'].custom_details.alerts).toHaveLength(3)
  await acknowledgeIncident(store.pool, incidentId, 'Ada')
  await tellAll(store, new Date())
  await tellAll(store, new Date())
  await send()
  expect(told().slice(3)).toEqual([`acknowledge ${key}`])
  for (const alert of alerts) {
    expect(told().filter((one) => one.startsWith('resolve'))).toEqual([])
    await bench.end(alert)
    await tellAll(store, new Date())
    await send()
  }
  await tellAll(store, new Date())
  await send()
  expect(told().slice(4)).toEqual([`resolve ${key}`])
  // What comes after it while the incident is open is a page anew, which nobody acknowledged.
  const late = bench.alert({ subject: 'late', incidentId })
  await bench.keep('began', late)
  await send()
  await tellAll(store, new Date())
  await bench.end(late)
  await send()
  expect(told().slice(5)).toEqual([`trigger ${key}`, `resolve ${key}`])
})

test('what is critical does not wait for a warning of its page: one event tells both', async () => {
  await using store = await openTestStore()
  await using pager = await openPager(store)
  const { bench, receiver } = pager
  const incidentId = await bench.incident()
  await bench.keep('began', bench.alert({ severity: 'warning', subject: 'a', incidentId }))
  expect(await deliverOnOne(bench.worker())).toBe(false)
  await bench.keep('began', bench.alert({ subject: 'b', incidentId }))
  expect(await deliverOnOne(bench.worker())).toBe(true)
  expect(receiver.got).toHaveLength(1)
  expect(receiver.got[0]?.body).toMatchObject({ event_action: 'trigger', payload: { severity: 'critical' } })
  expect((await bench.rows()).map(({ state }) => state)).toEqual(['sent', 'sent'])
})

test('what is refused for now holds back what follows of its page, and arrives before it', async () => {
  await using store = await openTestStore()
  const answer = { status: 503 }
  await using pager = await openPager(store, answer)
  const { bench, told, send } = pager
  const incidentId = await bench.incident()
  const [first, second] = [bench.alert({ subject: 'a', incidentId }), bench.alert({ subject: 'b', incidentId })]
  await bench.keep('began', first)
  await deliverOnOne(bench.worker())
  await bench.keep('began', second)
  expect(await deliverOnOne(bench.worker())).toBe(false)
  expect(told()).toHaveLength(1)
  await bench.end(first)
  await bench.end(second)
  answer.status = 202
  await send()
  const key = `matriarch:${bench.clusterId}:incident:1`
  expect(told()).toEqual([`trigger ${key}`, `trigger ${key}`, `resolve ${key}`])
})

test('of two incidents that become one, one page goes on and the other ends; an alert of none keeps its own', async () => {
  await using store = await openTestStore()
  await using pager = await openPager(store)
  const { bench, told, send } = pager
  const [one, two] = [await bench.incident(), await bench.incident()]
  const [first, second] = [
    bench.alert({ subject: 'a', incidentId: one }),
    bench.alert({ subject: 'b', incidentId: two }),
  ]
  const note = bench.alert({ subject: 'c' })
  for (const alert of [first, second, note]) {
    await bench.keep('began', alert)
    await send()
  }
  const key = (n: number) => `matriarch:${bench.clusterId}:incident:${n}`
  const noteKey = `matriarch:${bench.clusterId}:${note.ruleId}:c`
  expect(told()).toEqual([`trigger ${key(1)}`, `trigger ${key(2)}`, `trigger ${noteKey}`])
  await moveAlerts(store.pool, one, two)
  await tellAll(store, new Date())
  await tellAll(store, new Date())
  await send()
  expect(told().slice(3)).toEqual([`resolve ${key(1)}`])
  expect((await bench.rows())[0]?.told).toMatchObject({
    incident: 2,
    sentence: 'It goes on in the page of incident 2.',
  })
  await bench.end(second)
  await bench.end(note)
  await send()
  expect(told().slice(4)).toEqual([`resolve ${noteKey}`])
  await bench.end({ ...first, incidentId: two })
  await send()
  expect(told().slice(5)).toEqual([`resolve ${key(2)}`])
})

test('the end of a page is told though the last that joined it was refused', async () => {
  await using store = await openTestStore()
  const answer = { status: 202 }
  await using pager = await openPager(store, answer)
  const { bench, told, send } = pager
  const incidentId = await bench.incident()
  const [first, second] = [bench.alert({ subject: 'a', incidentId }), bench.alert({ subject: 'b', incidentId })]
  await bench.keep('began', first)
  await send()
  answer.status = 400
  await bench.keep('began', second)
  await send()
  answer.status = 202
  await bench.end(first)
  await send()
  const key = `matriarch:${bench.clusterId}:incident:1`
  // What fires on and could not be told keeps the page.
  expect(told()).toEqual([`trigger ${key}`, `trigger ${key}`])
  await bench.end(second)
  await send()
  expect(told().at(-1)).toBe(`resolve ${key}`)
  // Tried again by hand after the end, it is not told: it is over.
  const [dead] = (await bench.rows()).filter(({ state }) => state === 'dead')
  await retryNotification(store.pool, dead?.id ?? 0)
  await tellAll(store, new Date())
  await send()
  expect(told()).toHaveLength(3)
})

test('a page is ended though what joined it last is given up while its end waits', async () => {
  await using store = await openTestStore()
  const answer = { status: 202 }
  await using pager = await openPager(store, answer)
  const { bench, told, send } = pager
  const incidentId = await bench.incident()
  const [first, second] = [bench.alert({ subject: 'a', incidentId }), bench.alert({ subject: 'b', incidentId })]
  await bench.keep('began', first)
  await send()
  answer.status = 503
  await bench.keep('began', second)
  await deliverOnOne(bench.worker())
  await bench.end(first)
  await bench.end(second)
  expect((await bench.rows()).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'resolve waiting',
    'trigger waiting',
    'trigger sent',
  ])
  // As if its first attempt were the one that is refused for good.
  await store.pool.query(`update notification set attempts = 0 where kind = 'trigger' and state = 'waiting'`)
  answer.status = 400
  await bench.pass()
  await deliverOnOne(bench.worker())
  expect((await bench.rows()).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'resolve dead',
    'trigger dead',
    'trigger sent',
  ])
  expect(told().at(-1)).toContain('resolve')
})

test('what never arrived has no end to tell', async () => {
  await using store = await openTestStore()
  const answer = { status: 503 }
  await using pager = await openPager(store, answer)
  const { bench, told } = pager
  const alert = bench.alert({ incidentId: await bench.incident() })
  await bench.keep('began', alert)
  await deliverOnOne(bench.worker())
  await bench.end(alert)
  await store.pool.query(`update notification set attempts = 0 where kind = 'trigger'`)
  answer.status = 400
  await bench.pass()
  await deliverOnOne(bench.worker())
  expect((await bench.rows()).map(({ kind, state }) => `${kind} ${state}`)).toEqual(['resolve dropped', 'trigger dead'])
  expect(told()).toHaveLength(2)
})

test('pages that were opened alert by alert become one', async () => {
  await using store = await openTestStore()
  await using pager = await openPager(store)
  const { bench, told, send } = pager
  const incidentId = await bench.incident()
  const alerts = ['a', 'b'].map((subject) => bench.alert({ subject, incidentId }))
  for (const alert of alerts) await bench.keep('began', alert)
  await store.pool.query(
    `update notification set dedup_key = told ->> 'subject', told = told || jsonb_build_object('key', told ->> 'subject')`,
  )
  await send()
  await tellAll(store, new Date())
  await send()
  expect(told()).toEqual(['trigger a', 'trigger b', 'resolve b'])
  for (const alert of alerts) await bench.end(alert)
  await send()
  expect(told().slice(3)).toEqual(['resolve a'])
})
