import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { notRunning } from '#domain/backup/backup-progress.ts'
import { keepWindow, type BackupView } from '#domain/backup/backup-view.ts'
import type { Role } from '#domain/people/permission.ts'
import type { RestorePlan, RestoreWish } from '#domain/plan/restore-plan.ts'
import { recoveryWindows } from '#domain/recovery/recovery-windows-of.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { madeCommitsLost } from '#domain/testing/commits-lost-made.ts'
import type { CommitsLostLook } from '#domain/wal/commits-lost.ts'
import { targetWords } from '#domain/recovery/target-words.ts'
import { madeArchive, madeBackup, minute, segments, sizeBytes } from '#domain/testing/backup-made.ts'
import { madeRecovery } from '#domain/testing/operation-made.ts'
import { madeRestorePlan } from '#domain/testing/restore-plan-made.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import type { CommitsLook } from '#domain/wal/wal-commits.ts'
import { RestoreView } from './restore-view.tsx'

const slowMs = 20_000
const now = minute(100)
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const cluster = snapshot.clusterName

const backup = madeBackup(4, 1, 1)
const archived = madeArchive(segments(4, 1, 99))
const windows = recoveryWindows({ backups: [backup], archived, histories: [], walSegmentSizeBytes: sizeBytes })
const view: BackupView = {
  node: 'pg-node-3',
  stanzaName: 'main',
  stanza: {
    name: 'main',
    cipher: 'none',
    statusCode: 0,
    message: 'ok',
    repositories: [{ key: 1, cipher: 'none', statusCode: 0, message: 'ok' }],
    databases: [],
    archives: [],
    backups: [backup],
    backup: notRunning,
    restore: notRunning,
  },
  readAt: now,
  backupsLeftOut: 0,
  runningSince: null,
  archive: { listedAt: now, windows: windows.map(keepWindow), gaps: [], histories: [] },
  archiver: null,
  walSegmentSizeBytes: sizeBytes,
  timeline: 4,
  systemIdentifier: null,
  problems: [],
}

function planFor({ target }: RestoreWish): RestorePlan {
  return madeRestorePlan({ clusterName: cluster, target, targetWords: targetWords(target), madeAt: new Date() })
}

const dropped: CommitsLook = {
  state: 'done',
  found: {
    commits: [
      {
        xid: '741',
        at: minute(90),
        lsn: '0/B000180',
        timeline: 4,
        kind: 'drop',
        relations: ['orders'],
        deletedRows: 0,
      },
    ],
    problems: [],
    firstAt: minute(80),
    lastAt: minute(99),
    segments: { count: 3, first: 'a', last: 'c' },
    isCut: false,
    node: 'pg-node-1',
    repository: 1,
  },
}

function open(
  role: Role = 'operator',
  plan: (wish: RestoreWish) => RestorePlan = planFor,
  commits: () => CommitsLook = () => dropped,
  lost: () => CommitsLostLook = () => ({ state: 'done', lost: madeCommitsLost() }),
) {
  return openPage({
    page: <RestoreView cluster={cluster} first={null} />,
    answers: {
      'backups.list': () => ({
        cluster,
        agents: 3,
        view,
        takenAt: now,
        problem: null,
        problemSince: null,
        serverNow: now,
      }),
      'clusters.get': () => ({ cluster: { name: cluster }, snapshot, recentEvents: [], activeOperation: null }),
      'restores.preview': plan,
      'restores.commits': commits,
      'restores.stopCommits': () => ({ cluster }),
      'restores.lost': lost,
      'restores.request': () => madeRecovery({ id: 'o' }),
    },
    role,
    now,
  })
}

test('nothing can be confirmed before a moment is given, and each step says what it waits for', async () => {
  await using page = await open()
  await page.until(() => page.text().includes('Go back in time'))
  expect(page.text()).toContain('Say first where to go back to.')
  expect(page.asked.map(({ path }) => path)).not.toContain('restores.preview')
})

test(
  'a moment as typed is echoed, planned and recovered to, once the reason and the name are given',
  async () => {
    await using page = await open()
    await page.until(() => page.text().includes('Go back in time'))
    await page.fill('Go back to', '2026-11-24 01:20:00 UTC')
    expect(page.text()).toContain('2026-11-24 01:20:00.000 UTC')
    expect(page.text()).toContain('It can be recovered.')
    await page.until(() => page.text().includes('Point of no return'))
    const act = `Recover ${cluster} to 2026-11-24 01:20:00.000 UTC`
    expect(page.button(act).getAttribute('aria-disabled')).toBe('true')
    await page.fill('Reason', 'orders was dropped')
    await page.fill(`Type ${cluster}`, cluster)
    expect(page.button(act).getAttribute('aria-disabled')).toBeNull()
    await page.press(act)
    await page.until(() => page.gone.length > 0)
    expect(page.gone).toEqual(['/operations/o'])
    expect(page.asked.find(({ path }) => path === 'restores.request')?.input).toMatchObject({
      cluster,
      target: { type: 'time', at: minute(80) },
      check: null,
      commitsAlone: false,
      clientsBack: 'writable',
      confirmName: cluster,
      expected: { leader: 'pg-node-3', timeline: 4, systemIdentifier: '7711258502852368380' },
    })
  },
  slowMs,
)

test('a moment before the oldest backup is refused at once, and the nearest one is a button away', async () => {
  await using page = await open()
  await page.until(() => page.text().includes('Go back in time'))
  await page.fill('Go back to', '2026-11-20 10:00:00 UTC')
  expect(page.text()).toMatch(/cannot be recovered.* The nearest moment that can/u)
  await page.press('Take 2026-11-24 00:01:01.000 UTC')
  expect(page.text()).toContain('It can be recovered.')
})

test('what is no target is said, with what would be one', async () => {
  await using page = await open()
  await page.until(() => page.text().includes('Go back in time'))
  await page.fill('Go back to', 'when it was fine')
  expect(page.text()).toContain('is not understood')
})

test(
  'the transaction that dropped a table is found and left out',
  async () => {
    await using page = await open()
    await page.until(() => page.text().includes('Go back in time'))
    await page.press('Look for it')
    await page.until(() => page.text().includes('Dropped orders.'))
    await page.press('Just before this: transaction 741. Dropped orders.')
    expect(page.text()).toContain('just before transaction 741')
    await page.until(() => page.asked.some(({ path }) => path === 'restores.preview'))
    expect(page.asked.find(({ path }) => path === 'restores.preview')?.input).toMatchObject({
      target: { type: 'xid', value: '741', isExclusive: true, at: minute(90) },
    })
  },
  slowMs,
)

test(
  'how far the archive is read is told, and reading it can be stopped',
  async () => {
    const reading: CommitsLook = { state: 'reading', since: now, progress: { read: 5, total: 24 } }
    await using page = await open('operator', planFor, () => reading)
    await page.until(() => page.text().includes('Go back in time'))
    await page.press('Look for it')
    await page.until(() => page.text().includes('5 of 24 WAL segments are read'))
    await page.press('Stop')
    expect(page.text()).toContain('Stopped')
    expect(page.text()).not.toContain('5 of 24')
    const inputs = () => page.asked.filter(({ path }) => path === 'restores.commits').map(({ input }) => input)
    await page.until(() => page.asked.some(({ path }) => path === 'restores.stopCommits'))
    expect(page.asked.find(({ path }) => path === 'restores.stopCommits')?.input).toEqual(inputs().at(-1))
    const before = inputs().length
    await page.pass(2_000)
    expect(inputs()).toHaveLength(before)
    await page.press('Look again')
    await page.until(() => page.text().includes('5 of 24'))
  },
  slowMs,
)

const toMinute80 = '2026-11-24 01:20:00 UTC'

test(
  'the commits that are given up are counted at once where little WAL was written since, and told',
  async () => {
    await using page = await open()
    await page.until(() => page.text().includes('Go back in time'))
    await page.fill('Go back to', toMinute80)
    await page.until(() => page.text().includes('1,234 commits after the target will be gone'))
    expect(page.text()).toContain('the last at 2026-11-24 00:59:00 UTC.')
    expect(page.text()).toContain('Counted on pg-node-1 in 3 WAL segments')
    expect(page.asked.find(({ path }) => path === 'restores.lost')?.input).toEqual({
      cluster,
      target: { type: 'time', at: minute(80), timeline: null },
      repository: 1,
    })
  },
  slowMs,
)

test(
  'where it may be much they are counted when somebody asks, and it is said how far that is',
  async () => {
    const much = (wish: RestoreWish) => ({
      ...planFor(wish),
      loss: { fromAt: minute(80), toAt: now, walBytes: null, walAtMostBytes: 2 ** 40 },
    })
    const reading: CommitsLostLook = { state: 'reading', since: now, progress: { read: 5, total: 64 } }
    await using page = await open('operator', much, undefined, () => reading)
    await page.until(() => page.text().includes('Go back in time'))
    await page.fill('Go back to', toMinute80)
    await page.until(() => page.text().includes('Point of no return'))
    expect(page.asked.some(({ path }) => path === 'restores.lost')).toBe(false)
    await page.press('Count the commits')
    await page.until(() => page.text().includes('5 of 64 WAL segments read'))
  },
  slowMs,
)

test(
  'a count that stopped says what it left out; who looks on sees the one that was made',
  async () => {
    const lost = madeCommitsLost({ isAtLeast: true, problems: ['Counting stopped after 64 WAL segments.'] })
    const planned = (wish: RestoreWish) => {
      const plan = planFor(wish)
      return { ...plan, loss: { ...plan.loss, commits: lost } }
    }
    await using page = await open('viewer', planned)
    await page.until(() => page.text().includes('Go back in time'))
    await page.fill('Go back to', toMinute80)
    await page.until(() => page.text().includes('At least 1,234 commits after the target will be gone.'))
    expect(page.text()).toContain('Counting stopped after 64 WAL segments.')
    expect(page.asked.some(({ path }) => path === 'restores.lost')).toBe(false)
  },
  slowMs,
)

test(
  'a blocker stands in the way of the button, in its own words',
  async () => {
    await using page = await open('operator', (wish) => ({ ...planFor(wish), blockers: ['etcd does not answer.'] }))
    await page.until(() => page.text().includes('Go back in time'))
    await page.press('15 minutes ago')
    await page.until(() => page.text().includes('etcd does not answer.'))
    await page.fill('Reason', 'orders was dropped')
    await page.fill(`Type ${cluster}`, cluster)
    const [act] = [...document.querySelectorAll('button[type=submit]')]
    expect(act?.getAttribute('aria-description')).toBe('etcd does not answer.')
  },
  slowMs,
)

test('who looks on sees the same page without the act', async () => {
  await using page = await open('viewer')
  await page.until(() => page.text().includes('Go back in time'))
  await page.press('15 minutes ago')
  await page.until(() => page.text().includes('You look on as viewer'))
  expect(page.text()).not.toContain('Look for it')
  expect(document.querySelector('button[type=submit]')).toBeNull()
})
