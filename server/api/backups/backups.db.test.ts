import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Backup } from '#domain/backup/backup.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { notRunning } from '#domain/backup/backup-progress.ts'
import { madeBackup } from '#domain/testing/backup-made.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { fleetRows } from '#server/store/snapshots.ts'
import { nodeBackingUp, readBackups, saveBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { addCluster } from '../testing/sweep.ts'

const clusterId = randomUUID()
const executorId = 'worker-1'
const at = new Date()
const view: BackupView = {
  node: 'pg-node-1',
  stanzaName: 'main',
  stanza: {
    name: 'main',
    cipher: 'none',
    statusCode: 0,
    message: 'ok',
    repositories: [{ key: 1, cipher: 'none', statusCode: 0, message: 'ok' }],
    databases: [],
    archives: [],
    backups: [madeBackup(1, 2, 2)],
    backup: { ...notRunning, isRunning: true, fraction: 0.5 },
    restore: notRunning,
  },
  readAt: at,
  backupsLeftOut: 0,
  runningSince: at,
  archive: null,
  archiver: null,
  walSegmentSizeBytes: 16_777_216,
  timeline: 1,
  systemIdentifier: null,
  problems: [{ part: 'archive', sentence: 'It cannot be listed.', since: at }],
}

async function prepare(store: Store): Promise<void> {
  await addCluster(store, clusterId)
  await store.pool.query(`insert into cluster_lease values ($1, $2, now() + interval '1 minute')`, [
    clusterId,
    executorId,
  ])
}

test('a view is kept, a problem beside it leaves it, and only who holds the lease writes', async () => {
  await using store = await openTestStore()
  await prepare(store)
  expect(await readBackups(store, clusterId)).toEqual({ view: null, takenAt: null, problem: null, problemSince: null })
  const save = (more: Partial<Parameters<typeof saveBackups>[1]>) =>
    saveBackups(store, { clusterId, executorId, look: { view }, at, ...more })
  expect(await save({ executorId: 'worker-2' })).toBe(false)
  expect(await save({})).toBe(true)
  expect(await readBackups(store, clusterId)).toEqual({ view, takenAt: at, problem: null, problemSince: null })
  const later = new Date(at.getTime() + 60_000)
  await save({ look: { problem: 'Gone.' }, at: later })
  await save({ look: { problem: 'Still gone.' }, at: new Date(later.getTime() + 60_000) })
  expect(await readBackups(store, clusterId)).toEqual({
    view,
    takenAt: at,
    problem: 'Still gone.',
    problemSince: later,
  })
  await save({ at: later })
  expect(await readBackups(store, clusterId)).toMatchObject({ problem: null, takenAt: later })
  await store.pool.query('delete from cluster')
  expect((await store.pool.query('select from backup_view')).rowCount).toBe(0)
})

test('where nothing was ever seen the problem is kept, and no backup is being made', async () => {
  await using store = await openTestStore()
  await prepare(store)
  await saveBackups(store, { clusterId, executorId, look: { problem: 'Gone.' }, at })
  expect(await readBackups(store, clusterId)).toEqual({
    view: null,
    takenAt: null,
    problem: 'Gone.',
    problemSince: at,
  })
  expect(await nodeBackingUp(store, clusterId)).toBeNull()
})

test('a view tells by which recovery archiving was held back, as its steps are now', async () => {
  await using store = await openTestStore()
  await prepare(store)
  const second = (seconds: number) => new Date(at.getTime() + seconds * 1_000)
  const archiver = {
    observedAt: second(90),
    lastArchivedWal: null,
    lastArchivedAt: null,
    lastFailedWal: '000000020000000000000004',
    lastFailedAt: second(40),
    failedCount: 3,
    waitingSegments: 2,
    archiveTimeoutSeconds: 60,
    // Kept from an earlier reading: it counts for nothing.
    heldBack: { recoveryAt: at, fromAt: at, untilAt: at, endedAt: at },
  }
  await saveBackups(store, { clusterId, executorId, look: { view: { ...view, archiver } }, at })
  const heldBack = async () => (await readBackups(store, clusterId)).view?.archiver?.heldBack
  expect(await heldBack()).toBeUndefined()
  const id = randomUUID()
  await store.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name, started_at)
     values ($1, $2, 'main', 'restore', 'lead', 'running', '{}', 'x', 'because', 'a', 'Ada', $3)`,
    [id, clusterId, second(1)],
  )
  const step = (n: number, name: string, state: string, from: number, to: number | null) =>
    store.pool.query(
      `insert into operation_step (operation_id, n, name, title, state, started_at, ended_at) values ($1, $2, $3, $3, $4, $5, $6)`,
      [id, n, name, state, second(from), to === null ? null : second(to)],
    )
  await step(1, 'recover', 'done', 10, 20)
  await step(2, 'halt', 'done', 21, 22)
  await step(3, 'recover~2', 'done', 25, 35)
  expect(await heldBack()).toEqual({ recoveryAt: second(1), fromAt: second(10), untilAt: null, endedAt: null })
  await step(4, 'open', 'done', 45, 50)
  expect(await heldBack()).toMatchObject({ untilAt: second(50), endedAt: null })
  await saveBackups(store, {
    clusterId,
    executorId,
    look: { view: { ...view, archiver: { ...archiver, lastFailedAt: second(5) } } },
    at,
  })
  expect(await heldBack()).toBeUndefined()
})

test('a viewer is told of backups by REST, judged, with what could not be read', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  const token = await console.token('viewer')
  const ask = async () => (await console.rest('GET', '/clusters/main/backups', { token })).json()
  expect(await ask()).toMatchObject({ state: 'no-agent', backups: [], seenAt: null })
  const agent = { id: randomUUID(), clusterId, node: 'pg-node-1', address: '10.0.1.10:8009' }
  const shown = { identityKey: 'k', certificatePin: 'p', version: '1.0.0', enrolledBy: 'Mara' }
  await putAgent(owner.pool, { ...agent, ...shown })
  expect(await ask()).toMatchObject({ state: 'unseen' })
  await saveBackups(owner, { clusterId, executorId, look: { view }, at })
  expect(await ask()).toMatchObject({
    cluster: 'main',
    state: 'seen',
    sentence: expect.stringContaining('The newest backup ended'),
    seenBy: 'pg-node-1',
    stanza: 'main',
    running: { fraction: 0.5 },
    problems: ['It cannot be listed.'],
    backups: [{ type: 'full', label: madeBackup(1, 2, 2).label }],
  })
  expect((await console.rest('GET', '/clusters/other/backups', { token })).status).toBe(404)
})

test('what rehearsals show is told by REST with the backups, and the worst of all with the cluster', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  const token = await console.token('viewer')
  const ask = async (path: string) => (await console.rest('GET', path, { token })).json()
  expect(await ask('/clusters/main')).toMatchObject({ backupFinding: null })
  await saveBackups(owner, { clusterId, executorId, look: { view }, at })
  const never = { kind: 'rehearsal-overdue', severity: 'warning', sentence: expect.stringContaining('ever rehearsed') }
  expect(await ask('/clusters/main/backups')).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining(never)]),
  })
  expect(await ask('/clusters/main')).toMatchObject({ backupFinding: { severity: 'warning' } })
  await owner.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name, ended_at, outcome)
     values (gen_random_uuid(), $1, 'main', 'rehearsal', 'rehearsal', 'failed', '{}', 'h', 'a try', 'ada', 'Ada', now(), 'WAL is missing.')`,
    [clusterId],
  )
  expect(await ask('/clusters/main')).toMatchObject({
    backupFinding: {
      kind: 'rehearsal-failed',
      severity: 'critical',
      sentence: expect.stringContaining('WAL is missing.'),
    },
  })
})

test('the fleet tells of the last backup where an agent looks, and whether one is overdue also while nobody answers', async () => {
  await using store = await openTestStore()
  await prepare(store)
  const last = async () => (await fleetRows(store))[0]?.lastBackup
  const save = (look: Parameters<typeof saveBackups>[1]['look'], now = at) =>
    saveBackups(store, { clusterId, executorId, look, at: now })
  const stoppedAt = new Date(at.getTime() - 3_600_000)
  const backup = madeBackup(1, 2, 2, { startedAt: stoppedAt, stoppedAt })
  const seen = (backups: Backup[]): BackupView => ({ ...view, stanza: view.stanza && { ...view.stanza, backups } })
  await save({ view: seen([backup]) })
  expect(await last()).toBeNull()
  const agent = { id: randomUUID(), clusterId, node: 'pg-node-1', address: '10.0.1.10:8009' }
  await putAgent(store.pool, { ...agent, identityKey: 'k', certificatePin: 'p', version: '1.0.0', enrolledBy: 'Mara' })
  expect(await last()).toEqual({ at: stoppedAt, overdue: null })
  await save({ problem: 'Gone.' }, new Date(at.getTime() + 3 * 86_400_000))
  expect(await last()).toEqual({ at: stoppedAt, overdue: 'warning' })
  await save({ view: seen([]) })
  expect(await last()).toEqual({ at: null, overdue: 'critical' })
})
