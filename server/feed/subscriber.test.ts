import { expect, test } from 'vitest'
import type { FleetRow } from '#domain/fleet/view.ts'
import { Subscriber } from './subscriber.ts'

const signal = new AbortController().signal

function row(clusterId: string, sentence: string): FleetRow {
  return {
    clusterId,
    name: clusterId,
    labels: [],
    level: 'healthy',
    sentence,
    leader: null,
    members: [],
    worstLagBytes: null,
    lastBackup: null,
    seenAt: null,
    activeOperation: null,
    alerts: { critical: 0, warning: 0, coming: null },
    incidents: { open: 0, critical: 0, worst: null },
  }
}

const serverNow = new Date()

test('of a row that changes often only the newest waits', async () => {
  const subscriber = new Subscriber(null)
  for (let n = 0; n < 1000; n++) {
    subscriber.offer({ kind: 'fleet', rows: [row('a', `${n}`), row('b', 'still')], removed: [], serverNow })
  }
  const { messages } = await subscriber.take(0, signal)
  expect(messages).toMatchObject([{ kind: 'fleet', rows: [{ sentence: '999' }, { sentence: 'still' }], removed: [] }])
  expect((await subscriber.take(0, signal)).messages).toEqual([])
})

test('a row that goes and comes back is not told as gone', async () => {
  const subscriber = new Subscriber(null)
  subscriber.offer({ kind: 'fleet', rows: [], removed: ['a'], serverNow })
  subscriber.offer({ kind: 'fleet', rows: [row('a', 'back')], removed: [], serverNow })
  subscriber.offer({ kind: 'fleet', rows: [row('b', 'new')], removed: [], serverNow })
  subscriber.offer({ kind: 'fleet', rows: [], removed: ['b'], serverNow })
  const { messages } = await subscriber.take(0, signal)
  expect(messages).toMatchObject([{ kind: 'fleet', rows: [{ clusterId: 'a' }], removed: ['b'] }])
})

test('whoever waits is woken by the first offer, by a check, and by the end of the signal', async () => {
  const subscriber = new Subscriber(null)
  const waiting = subscriber.take(60_000, signal)
  subscriber.offer({ kind: 'store', reachable: false, sentence: 'gone', at: serverNow })
  expect((await waiting).messages).toMatchObject([{ kind: 'store', reachable: false }])
  const checking = subscriber.take(60_000, signal)
  subscriber.check()
  expect(await checking).toMatchObject({ messages: [], mustCheck: true })
  const leaving = new AbortController()
  const ending = subscriber.take(60_000, leaving.signal)
  leaving.abort()
  expect((await ending).messages).toEqual([])
})

test.each(['backups', 'stack'] as const)('that there is a new look (%s) is told once, however often', async (kind) => {
  const subscriber = new Subscriber('a')
  for (let n = 0; n < 5; n++) subscriber.offer({ kind })
  expect((await subscriber.take(0, signal)).messages).toEqual([{ kind }])
  expect((await subscriber.take(0, signal)).messages).toEqual([])
})
