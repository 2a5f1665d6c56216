import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { notRunning } from '#domain/backup/backup-progress.ts'
import { defaultTimetable } from '#domain/backup/backup-timetable.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { Role } from '#domain/people/permission.ts'
import { madeBackup, minute } from '#domain/testing/backup-made.ts'
import { Upkeep } from './upkeep.tsx'

/** A sheet is loaded when it is first opened. */
const slowMs = 30_000
const now = minute(600)
const ok = { statusCode: 0, message: 'ok' }
const stanza = {
  name: 'main',
  cipher: 'none',
  ...ok,
  repositories: [{ key: 1, cipher: 'none', ...ok }],
  databases: [],
  archives: [],
  backups: [madeBackup(1, 2, 10)],
  backup: notRunning,
  restore: notRunning,
}
const view: BackupView = {
  node: 'pg-node-3',
  stanzaName: 'main',
  stanza,
  readAt: now,
  backupsLeftOut: 0,
  runningSince: null,
  archive: null,
  archiver: null,
  walSegmentSizeBytes: 16_777_216,
  timeline: 1,
  systemIdentifier: null,
  retention: [{ repository: 1, full: 4, fullType: 'count', diff: null, archive: null, archiveType: 'full' }],
  problems: [],
}
const set = { body: defaultTimetable, isEnabled: true, setBy: 'Ada', setAt: minute(0) }
const missed = {
  kind: 'backup',
  dueAt: minute(60),
  type: 'diff',
  state: 'missed',
  sentence: 'Nobody led.',
  operationId: null,
  changedAt: now,
} as const
const listed = { cluster: 'shop', backup: set, rehearsal: null, runs: [missed], serverNow: now }
const plan = {
  version: 1,
  kind: 'repository-expire',
  clusterName: 'shop',
  node: 'pg-node-3',
  leader: 'pg-node-3',
  nodeReason: 'pg-node-3 leads, and pgBackRest runs there.',
  repository: 1,
  sentences: ['pgBackRest removes what is no longer kept.'],
  blockers: [],
  warnings: [],
  pointOfNoReturn: 'As soon as pgBackRest removes files.',
}
const preview = { backups: [{ repository: 1, label: '20261101-010000F' }], archives: [] }

function open({ role = 'admin', seen = view }: { role?: Role; seen?: BackupView } = {}) {
  return openPage({
    page: <Upkeep cluster="shop" view={seen} now={now} />,
    answers: {
      'schedules.get': () => listed,
      'schedules.setBackups': () => listed,
      'repositories.preview': () => plan,
      'repositories.expiryPreview': () => preview,
      'repositories.expire': () => ({ id: 'op', plan }),
    },
    role,
    now,
  })
}

test('what is kept and when backups are due is told in words, and what was missed', async () => {
  await using page = await open()
  await page.until(() => page.text().includes('Schedule backups'))
  expect(page.text()).toContain('Repository 1 keeps the newest 4 full backups, with all that builds on them.')
  expect(page.text()).toContain('Full on Sunday at 01:00, differential on Monday to Saturday at 01:00 (UTC).')
  expect(page.text()).toMatch(/Next: differential,.*Last missed:.*Nobody led\./)
  for (const name of ['Check', 'Verify', 'Expire', 'Set up']) expect(page.button(name)).toBeTruthy()
})

test('each sees the acts of their role alone', async () => {
  {
    await using page = await open({ role: 'viewer' })
    await page.until(() => page.text().includes('Schedule'))
    expect(() => page.button('Check')).toThrow(/There is no button/)
    expect(() => page.button('Schedule backups')).toThrow(/There is no button/)
  }
  await using page = await open({ role: 'operator' })
  expect(page.button('Verify')).toBeTruthy()
  expect(() => page.button('Expire')).toThrow(/There is no button/)
})

test('without a stanza there is nothing but to set it up', async () => {
  await using page = await open({ seen: { ...view, stanza: null } })
  expect(page.button('Set up')).toBeTruthy()
  expect(() => page.button('Check')).toThrow(/There is no button/)
})

test(
  'an expiry shows what would go, wants the name typed, and sends along what was shown',
  async () => {
    await using page = await open()
    await page.press('Expire')
    await page.until(() => page.text().includes('1 backup would go: 20261101-010000F.'))
    const confirm = 'Expire old backups of repository 1 of shop'
    await page.fill('Reason', 'the disk is full')
    expect(page.button(confirm).getAttribute('aria-disabled')).toBe('true')
    await page.fill('Type shop', 'shop')
    await page.press(confirm)
    await page.until(() => page.gone.length > 0)
    const sent = page.asked.find(({ path }) => path === 'repositories.expire')?.input
    expect(sent).toMatchObject({ cluster: 'shop', repository: 1, preview, confirmName: 'shop' })
    expect(page.asked.filter(({ path }) => path === 'repositories.expiryPreview')).toHaveLength(1)
  },
  slowMs,
)

test(
  'a schedule is set with its reason',
  async () => {
    await using page = await open()
    await page.until(() => page.text().includes('Schedule backups'))
    await page.press('Schedule backups')
    await page.until(() => page.text().includes('In force'))
    await page.fill('Reason', 'as the guide says')
    const buttons = [...document.querySelectorAll<HTMLElement>('[role=dialog] button[type=submit]')]
    buttons[0]?.click()
    await page.until(() => page.asked.some(({ path }) => path === 'schedules.setBackups'))
    const sent = page.asked.find(({ path }) => path === 'schedules.setBackups')?.input
    expect(sent).toEqual({ cluster: 'shop', schedule: defaultTimetable, isEnabled: true, reason: 'as the guide says' })
  },
  slowMs,
)

test(
  'a schedule may read from a replica',
  async () => {
    await using page = await open()
    await page.until(() => page.text().includes('Schedule backups'))
    await page.press('Schedule backups')
    await page.until(() => page.text().includes('Read from a replica'))
    await page.check('Read from a replica')
    expect(page.text()).toContain('(UTC). The files are read from a replica.')
    await page.fill('Reason', 'spare the leader')
    const buttons = [...document.querySelectorAll<HTMLElement>('[role=dialog] button[type=submit]')]
    buttons[0]?.click()
    await page.until(() => page.asked.some(({ path }) => path === 'schedules.setBackups'))
    const sent = page.asked.find(({ path }) => path === 'schedules.setBackups')?.input
    expect(sent).toMatchObject({ schedule: { ...defaultTimetable, fromStandby: true } })
  },
  slowMs,
)
