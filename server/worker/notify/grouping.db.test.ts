import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChannelSettings } from '#domain/alerts/notify/channel.ts'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { moveAlerts } from '#server/store/alerts/incidents.ts'
import { loadWorkerKeys, type WorkerKeys } from '#server/store/keys.ts'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { deliverOnOne } from './deliver.ts'
import { Bench } from './testing/bench.ts'
import { ok, serveReceiver } from './testing/receiver.ts'

let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-grouping-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

async function openChat(store: Store, kind: 'webhook' | 'slack') {
  const receiver = await serveReceiver(ok)
  const settings: ChannelSettings = kind === 'slack' ? { kind } : { kind, url: receiver.url, user: null, caPem: null }
  const bench = await new Bench(store, keys).open(settings, kind === 'slack' ? receiver.url : null)
  const deliver = () => deliverOnOne(bench.worker())
  return { receiver, bench, deliver, [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose]() }
}

test.each(['webhook', 'slack'] as const)(
  'one cause is told to a %s at once, what follows of it in one message, and its ends in one',
  async (kind) => {
    await using store = await openTestStore()
    await using chat = await openChat(store, kind)
    const { receiver, bench, deliver } = chat
    const incidentId = await bench.incident()
    const alerts = ['no-leader', 'member', 'lag'].map((subject) => bench.alert({ subject, incidentId }))
    for (const alert of alerts) {
      await bench.keep('began', alert)
      await deliver()
    }
    const warning = bench.alert({ subject: 'pool', severity: 'warning', incidentId })
    await bench.keep('began', warning)
    await tellAll(store, new Date())
    expect(await deliver()).toBe(false)
    expect(receiver.got).toHaveLength(1)
    await bench.pass()
    await deliver()
    expect(receiver.got).toHaveLength(2)
    for (const alert of [...alerts, warning]) await bench.end(alert)
    await Promise.all([tellAll(store, new Date()), tellAll(store, new Date())])
    expect(await deliver()).toBe(false)
    await bench.pass()
    await Promise.all([deliver(), deliver()])
    await bench.pass()
    expect(await deliver()).toBe(false)
    expect(receiver.got).toHaveLength(3)
    const counts = receiver.got.map(({ body }) => (body['alerts'] ?? body['blocks'].slice(1)).length)
    expect(counts).toEqual([1, 3, 4])
    const ends = (await bench.rows()).filter((row) => row.kind === 'resolve')
    expect(ends.map(({ state, told }) => `${state} ${told.subject}`).toSorted()).toEqual([
      'sent lag',
      'sent member',
      'sent no-leader',
      'sent pool',
    ])
  },
)

test('what is critical does not wait for a warning of its incident: both are told at once, in one message', async () => {
  await using store = await openTestStore()
  await using chat = await openChat(store, 'webhook')
  const { receiver, bench, deliver } = chat
  const incidentId = await bench.incident()
  await bench.keep('began', bench.alert({ subject: 'lag', severity: 'warning', incidentId }))
  expect(await deliver()).toBe(false)
  await bench.keep('began', bench.alert({ subject: 'no-leader', incidentId }))
  expect(await deliver()).toBe(true)
  expect(receiver.got.map(({ body }) => body['alerts'].length)).toEqual([2])
})

test('a webhook that is told of an end learns what goes on that it was told of, and of the last that all is over', async () => {
  await using store = await openTestStore()
  await using chat = await openChat(store, 'webhook')
  const { receiver, bench, deliver } = chat
  const [lag, leader, held] = ['lag', 'no-leader', 'held'].map((subject) => bench.alert({ subject }))
  if (!lag || !leader || !held) throw new Error('There are no alerts.')
  for (const alert of [lag, leader]) await bench.keep('began', alert)
  await deliver()
  await bench.keep('began', held)
  // Held back, it was not told there: nobody has to hear that it goes on.
  await store.pool.query(`update notification set state = 'dropped' where state = 'waiting'`)
  await bench.end(lag)
  await bench.pass()
  await deliver()
  const told = () =>
    receiver.got.map(({ body }) => [
      body['status'],
      body['alerts'].map(
        (one: { status: string; labels: { subject: string } }) => `${one.labels.subject} ${one.status}`,
      ),
    ])
  expect(told().slice(1)).toEqual([['firing', ['lag resolved', 'no-leader firing']]])
  await bench.end(leader)
  await bench.pass()
  await deliver()
  expect(told().slice(2)).toEqual([['resolved', ['no-leader resolved']]])
})

test('what joins an incident that took in another waits, as the channel knows of that one', async () => {
  await using store = await openTestStore()
  await using chat = await openChat(store, 'webhook')
  const { bench, deliver } = chat
  const [one, two] = [await bench.incident(), await bench.incident()]
  await bench.keep('began', bench.alert({ subject: 'a', incidentId: one }))
  expect(await deliver()).toBe(true)
  await moveAlerts(store.pool, one, two)
  await bench.keep('began', bench.alert({ subject: 'b', incidentId: two }))
  expect(await deliver()).toBe(false)
})
