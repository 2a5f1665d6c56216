import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { loadWorkerKeys, type WorkerKeys } from '#server/store/keys.ts'
import { endWindow, extendWindow, insertWindow, openWindows } from '#server/store/maintenance/windows.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { Bench } from './notify/testing/bench.ts'
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
  await store.pool.query(`update maintenance_window set ends_at = now() where id = $1`, [id])
  expect(await openWindows(store.pool, bench.clusterId)).toEqual([])
  await tellAll(store, new Date())
  expect(await bench.rows()).toMatchObject([{ kind: 'trigger', state: 'waiting' }])
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
