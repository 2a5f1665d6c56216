import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { BackupView } from '#domain/backup-view.ts'
import { notRunning } from '#domain/backup-progress.ts'
import { madeBackup } from '#domain/testing/backup-made.ts'
import { putAgent } from '#server/store/agent-changes.ts'
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
