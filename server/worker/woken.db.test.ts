import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeTestKey } from '#server/adapters/agent/testing/test-key.ts'
import { serveReceiver, ok } from './notify/testing/receiver.ts'
import { Bench } from './notify/testing/bench.ts'
import { createEnd } from '#server/collector/loop.ts'
import { createLog } from '#server/log.ts'
import { ApprovalStage } from '#server/operations/approvals/testing/approval-stage.ts'
import { seedCluster } from '#server/operations/testing/seed.ts'
import { insertIncident } from '#server/store/alerts/incidents.ts'
import { tellAlerts } from '#server/store/alerts/tell.ts'
import { loadWorkerKeys } from '#server/store/keys.ts'
import { listen } from '#server/store/listen.ts'
import { insertChannel } from '#server/store/notifications/channels.ts'
import { replaceRoutes } from '#server/store/notifications/routes.ts'
import { insertWindow } from '#server/store/maintenance/windows.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { startNotifying } from './notify.ts'
import { startReadingIncidentLogs } from './read-incident-logs.ts'
import { startWatchingMaintenance } from './watch-maintenance.ts'
import { startWatchingRequests } from './watch-requests.ts'

const log = createLog('test')
log.level = 'silent'
const hourMs = 3_600_000
/** Far below any slow look, so that it was the notice that was heard. */
const soon = { timeout: 60_000 }

let home: string
let store: TestStore
let stage: ApprovalStage
let ended = createEnd()

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-woken-'))
  store = await openTestStore({ max: 10 })
  stage = await ApprovalStage.open(store)
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
})
beforeEach(() => {
  ended = createEnd()
})
afterEach(() => ended.abort())

const given = (on: Store = store) => ({ store: on, log, signal: ended.signal })

/** Hears for a part of the worker, which has looked for the first time. */
async function hearing(part: { hear(notice: { kind: string }): void }, on: Store = store): Promise<void> {
  await new Promise<void>((resolve) => {
    void listen(on.url, { signal: ended.signal, onNotice: (notice) => part.hear(notice), onState: () => resolve() })
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
}

async function told(kind: string, clusterId: string): Promise<number> {
  const { rows } = await store.pool.query('select 1 from event where kind = $1 and cluster_id = $2', [kind, clusterId])
  return rows.length
}

async function ask(name: string): Promise<string> {
  const cluster = await stage.governed(name)
  await stage.ask(cluster, await stage.person(`${name} Ada`, 'operator'))
  return cluster.id
}

test('a request is told of when its notice comes', async () => {
  await hearing(startWatchingRequests({ ...given(), restMs: hourMs }))
  const clusterId = await ask('asked')
  await expect.poll(() => told('approval-asked', clusterId), soon).toBe(1)
})

test('a request whose notice was lost is told of at the slow look', async () => {
  startWatchingRequests({ ...given(), restMs: 200 })
  const clusterId = await ask('lost')
  await expect.poll(() => told('approval-asked', clusterId), soon).toBe(1)
})

async function beginMaintenance(name: string, isTold: boolean): Promise<string> {
  const { id } = await seedCluster(store, name)
  await inTransaction(store, async (tx) => {
    await insertWindow(tx, {
      clusterId: id,
      label: null,
      reason: 'kernel update',
      owner: { id: null, name: 'Ada' },
      forbids: 'nothing',
      startsAt: new Date(Date.now() - 1_000),
      endsAt: new Date(Date.now() + hourMs),
    })
    if (isTold) await tellAlerts(tx, id)
  })
  return id
}

test('a window is told of when the notice of its alerts comes, and without it at the slow look', async () => {
  await hearing(startWatchingMaintenance({ ...given(), restMs: hourMs }))
  const heard = await beginMaintenance('heard', true)
  await expect.poll(() => told('maintenance-started', heard), soon).toBe(1)
  await store.pool.query('update maintenance_window set told_end_at = now()')
  ended.abort()
  ended = createEnd()
  startWatchingMaintenance({ ...given(), restMs: 200 })
  const unheard = await beginMaintenance('unheard', false)
  await expect.poll(() => told('maintenance-started', unheard), soon).toBe(1)
})

async function openIncident(name: string, isTold: boolean): Promise<string> {
  const { id: clusterId } = await seedCluster(store, name)
  await store.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '5 minutes')`, [clusterId])
  const id = randomUUID()
  await inTransaction(store, async (tx) => {
    await insertIncident(tx, {
      id,
      clusterId,
      clusterName: name,
      cause: 'leadership',
      severity: 'critical',
      sentence: 'Nobody holds the lead.',
      openedAt: new Date(Date.now() - 60_000),
    })
    if (isTold) await tellAlerts(tx, clusterId)
  })
  return id
}

async function looks(incidentId: string): Promise<number> {
  return (await store.pool.query('select 1 from incident_log_look where incident_id = $1', [incidentId])).rows.length
}

test('the logs of an incident are read when its notice comes, and without it at the slow look', async () => {
  const watch = () => ({ ...given(), signingKey: makeTestKey(), executorId: 'worker-1' })
  await hearing(startReadingIncidentLogs(watch(), hourMs))
  const heard = await openIncident('logs-heard', true)
  await expect.poll(() => looks(heard), soon).toBe(1)
  await store.pool.query('delete from incident')
  ended.abort()
  ended = createEnd()
  startReadingIncidentLogs(watch(), 200)
  const unheard = await openIncident('logs-unheard', false)
  await expect.poll(() => looks(unheard), soon).toBe(1)
})

test('an alert is sent on when its notice comes, and without it at the slow look', async () => {
  await using own = await openTestStore({ max: 10 })
  await using receiver = await serveReceiver(ok)
  const settings = { kind: 'webhook', url: receiver.url, user: null, caPem: null } as const
  const bench = await new Bench(own, loadWorkerKeys(home)).open(settings)
  await hearing(startNotifying(bench.worker({ signal: ended.signal })), own)
  await bench.keep('began', bench.alert({ subject: 'heard' }))
  await inTransaction(own, (tx) => tellAlerts(tx, bench.clusterId))
  await expect.poll(() => receiver.got.length, soon).toBe(1)
  ended.abort()
  ended = createEnd()
  // Thirty beats are the slow look.
  startNotifying(bench.worker({ signal: ended.signal }), 20)
  await bench.keep('began', bench.alert({ subject: 'unheard' }))
  await expect.poll(() => receiver.got.length, soon).toBe(2)
})

test('what fires already is told at once to a channel that is added', async () => {
  await using own = await openTestStore({ max: 10 })
  await using receiver = await serveReceiver(ok)
  const settings = { kind: 'webhook', url: receiver.url, user: null, caPem: null } as const
  const bench = await new Bench(own, loadWorkerKeys(home)).open(settings)
  await own.pool.query('delete from route')
  await own.pool.query('delete from channel')
  await bench.keep('began', bench.alert({ subject: 'before' }))
  await hearing(startNotifying(bench.worker({ signal: ended.signal })), own)
  expect(receiver.got).toHaveLength(0)
  await inTransaction(own, async (tx) => {
    const { id } = await insertChannel(tx, { name: 'late', settings, sendsResolved: true, isPaused: false }, 'test')
    const steps = [{ afterMinutes: 0, channelIds: [id] }]
    const always = { cluster: null, label: null, hours: null, repeatMinutes: null, goesOn: false }
    await replaceRoutes(tx, [{ ...always, severity: 'info', steps }])
  })
  await expect.poll(() => receiver.got.length, soon).toBe(1)
})
