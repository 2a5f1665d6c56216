import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { createEnd } from '#server/collector/loop.ts'
import { loadWorkerKeys, type WorkerKeys } from '#server/store/keys.ts'
import { endWindow, extendWindow, insertWindow, openWindows } from '#server/store/maintenance/windows.ts'
import { replaceRoutes } from '#server/store/notifications/routes.ts'
import { inTransaction } from '#server/store/open.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { deliverOnOne } from './notify/deliver.ts'
import { startNotifying } from './notify.ts'
import { Bench } from './notify/testing/bench.ts'
import { ok, serveReceiver } from './notify/testing/receiver.ts'
import { tellMaintenance } from './watch-maintenance.ts'

let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-maintenance-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

const webhook = { kind: 'webhook', url: 'http://127.0.0.1:1', user: null, caPem: null } as const

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

function begin(
  store: TestStore,
  over: { clusterId?: string; label?: string },
  endsAt = inMinutes(60),
): Promise<string> {
  return insertWindow(store.pool, {
    clusterId: over.clusterId ?? null,
    label: over.label ?? null,
    reason: 'kernel update',
    owner: { id: null, name: 'Ada' },
    forbids: 'nothing',
    startsAt: inMinutes(-1),
    endsAt,
  })
}

async function eventsOf(store: TestStore): Promise<string[]> {
  const { rows } = await store.pool.query<{ kind: string }>(
    `select kind from event where kind like 'maintenance-%' order by id`,
  )
  return rows.map(({ kind }) => kind)
}

test('nobody is told of an alert under maintenance, it is kept, and told at the end where it still fires', async () => {
  await using store = await openTestStore()
  const bench = await new Bench(store, keys).open(webhook)
  const id = await begin(store, { clusterId: bench.clusterId })
  const [lasting, passing] = [bench.alert({ subject: 'lasting' }), bench.alert({ subject: 'passing' })]
  await bench.keep('began', lasting)
  await bench.keep('began', passing)
  await bench.end(passing)
  await tellAll(store, new Date())
  expect(await bench.rows()).toEqual([])
  const { rows } = await store.pool.query('select state from alert order by state')
  expect(rows).toEqual([{ state: 'firing' }, { state: 'resolved' }])
  await endWindow(store.pool, id, 'Ada')
  await tellAll(store, new Date())
  expect(await bench.rows()).toMatchObject([{ kind: 'trigger' }])
  const told = await store.pool.query(`select told->>'subject' as subject from notification`)
  expect(told.rows).toEqual([{ subject: 'lasting' }])
})

test('what waits to be sent when maintenance begins is taken back, and a window over a label mutes who carries it', async () => {
  await using store = await openTestStore()
  const bench = await new Bench(store, keys).open(webhook, null, ['prod'])
  await bench.keep('began', bench.alert())
  expect(await bench.rows()).toMatchObject([{ state: 'waiting' }])
  await begin(store, { label: 'test' })
  await tellAll(store, new Date())
  expect(await bench.rows()).toMatchObject([{ state: 'waiting' }])
  await begin(store, { label: 'prod' })
  await tellAll(store, new Date())
  expect(await bench.rows()).toMatchObject([{ state: 'dropped' }])
})

test('a window ends by itself: what still fires is told then', async () => {
  await using store = await openTestStore()
  const bench = await new Bench(store, keys).open(webhook)
  const id = await begin(store, { clusterId: bench.clusterId })
  await bench.keep('began', bench.alert())
  // The store keeps milliseconds: now may be rounded to what is still to come.
  await store.pool.query(`update maintenance_window set ends_at = now() - interval '1 ms' where id = $1`, [id])
  expect(await openWindows(store.pool, bench.clusterId)).toEqual([])
  await tellAll(store, new Date())
  expect(await bench.rows()).toMatchObject([{ kind: 'trigger', state: 'waiting' }])
})

test('the workers tell who is on call by themselves, once a window is over, of what fired under it and still does, and of nothing before', async () => {
  await using store = await openTestStore({ max: 10 })
  await using receiver = await serveReceiver(ok)
  const bench = await new Bench(store, keys).open({ ...webhook, url: receiver.url })
  const later = await bench.channel({ name: 'later', settings: { ...webhook, url: receiver.url } })
  await inTransaction(store, (tx) =>
    replaceRoutes(tx, [
      {
        severity: 'info',
        cluster: null,
        label: null,
        hours: null,
        steps: [
          { afterMinutes: 0, channelIds: [bench.channelId] },
          { afterMinutes: 30, channelIds: [later] },
        ],
        repeatMinutes: null,
        goesOn: false,
      },
    ]),
  )
  // One was told before it, one has fired since the begin of the work, one is over by its end.
  const firedAt = inMinutes(-50)
  const before = bench.alert({ subject: 'before', firedAt })
  await bench.keep('began', before)
  await deliverOnOne(bench.worker())
  const id = await begin(store, { clusterId: bench.clusterId })
  await bench.keep('began', bench.alert({ subject: 'held', firedAt, since: firedAt }))
  const passing = bench.alert({ subject: 'passing', firedAt })
  await bench.keep('began', passing)
  await bench.end(passing)
  const ended = createEnd()
  const worker = bench.worker({ signal: ended.signal })
  startNotifying(worker, 20)
  startNotifying(worker, 20)
  const told = () =>
    receiver.got.flatMap(({ body }) =>
      body['alerts'].map(
        ({ status, labels }: { status: string; labels: { subject: string } }) => `${status} ${labels.subject}`,
      ),
    )
  expect(await tellAll(store, new Date())).toBe(true)
  expect(told()).toEqual(['firing before'])
  // Its time comes: nobody ends it, and no notice is sent.
  await store.pool.query('update maintenance_window set ends_at = now() where id = $1', [id])
  await expect.poll(told, { timeout: 60_000 }).toEqual(['firing before', 'firing held'])
  ended.abort()
  // It goes on up the route from when it was told, not from when it fired.
  await tellAll(store, inMinutes(20))
  const byNews = async () =>
    (await bench.rows())
      .map(({ told: { subject, news }, channelName }) => `${subject} ${news} ${channelName}`)
      .toSorted()
  expect(await byNews()).toEqual(['before began on-call', 'held began on-call'])
  await tellAll(store, inMinutes(31))
  expect(await byNews()).toEqual([
    'before began on-call',
    'before escalated later',
    'held began on-call',
    'held escalated later',
  ])
})

test('what is worse at the end of maintenance than it was told before is told as worse', async () => {
  await using store = await openTestStore()
  const bench = await new Bench(store, keys).open(webhook)
  const alert = bench.alert({ severity: 'warning' })
  await bench.keep('began', alert)
  await store.pool.query(`update notification set state = 'sent', attempts = 1, sent_at = now()`)
  const id = await begin(store, { clusterId: bench.clusterId })
  await bench.keep('began', { ...alert, severity: 'critical' })
  expect(await bench.rows()).toHaveLength(1)
  await endWindow(store.pool, id, 'Ada')
  await tellAll(store, new Date())
  await tellAll(store, new Date())
  expect((await bench.rows()).map(({ told: { news }, severity }) => `${news} ${severity}`)).toEqual([
    'worsened critical',
    'began warning',
  ])
})

test('beginning, nearing end and end are told once, by one of several workers; an extension is warned of anew', async () => {
  await using store = await openTestStore()
  const bench = await new Bench(store, keys).open(webhook)
  const id = await begin(store, { clusterId: bench.clusterId })
  const now = new Date()
  await Promise.all([tellMaintenance(store, now), tellMaintenance(store, now)])
  expect(await eventsOf(store)).toEqual(['maintenance-started'])
  await tellMaintenance(store, inMinutes(50))
  await tellMaintenance(store, inMinutes(51))
  expect(await eventsOf(store)).toEqual(['maintenance-started', 'maintenance-ending'])
  const { rows } = await store.pool.query(`select severity, sentence from event where kind = 'maintenance-ending'`)
  expect(rows).toEqual([
    { severity: 'warning', sentence: expect.stringMatching(/^Ada: your maintenance on main ends in/) },
  ])
  await extendWindow(store.pool, id, inMinutes(180))
  await tellMaintenance(store, inMinutes(51))
  expect(await eventsOf(store)).toHaveLength(2)
  await tellMaintenance(store, inMinutes(170))
  await tellMaintenance(store, inMinutes(181))
  await tellMaintenance(store, inMinutes(182))
  expect(await eventsOf(store)).toEqual([
    'maintenance-started',
    'maintenance-ending',
    'maintenance-ending',
    'maintenance-ended',
  ])
})
