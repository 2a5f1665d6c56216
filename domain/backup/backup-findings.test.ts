import { expect, test } from 'vitest'
import type { ArchiverSeen } from '#domain/wal/archiver-seen.ts'
import type { ArchivingHeld } from '#domain/wal/archiving-held.ts'
import { backupFindings } from './backup-findings.ts'
import type { BackupJudgedCase } from './backup-judged-case.ts'
import type { KeptRun } from './due-runs.ts'
import { notRunning } from './backup-progress.ts'
import { repositoryProblem } from './backup-repository.ts'
import type { Backup } from './backup.ts'
import { defaultBackupSchedule } from './backup-schedule.ts'
import type { BackupStanza } from './backup-stanza.ts'
import { labelOf, madeBackup, minute, sizeBytes, wal } from '#domain/testing/backup-made.ts'

// Minute 0 is Tuesday 2026-11-24 00:00; the last full backup was due on Sunday at 01:00.
const now = minute(600)
const sunday = madeBackup(1, 2, -2818)
const running = { ...notRunning, isRunning: true }
const archiver: ArchiverSeen = {
  observedAt: now,
  lastArchivedWal: wal(1, 20),
  lastArchivedAt: minute(599),
  lastFailedWal: null,
  lastFailedAt: null,
  failedCount: 0,
  waitingSegments: 1,
  archiveTimeoutSeconds: 60,
}
const stanza: BackupStanza = {
  name: 'main',
  cipher: 'aes-256-cbc',
  statusCode: 0,
  message: 'ok',
  repositories: [{ key: 1, cipher: 'aes-256-cbc', statusCode: 0, message: 'ok' }],
  databases: [{ id: 1, repository: 1, systemIdentifier: '7712127605469610098', version: '15' }],
  archives: [{ repository: 1, id: '15-1', walMin: wal(1, 1), walMax: wal(1, 20), isOfThisCluster: true }],
  backups: [sunday],
  backup: notRunning,
  restore: notRunning,
}
const well: BackupJudgedCase = {
  stanza,
  systemIdentifier: '7712127605469610098',
  schedule: defaultBackupSchedule,
  gaps: [],
  archiver,
  walSegmentSizeBytes: sizeBytes,
  runningSince: null,
  retentionFull: [{ repository: 1, backups: 2 }],
  now,
}

function repository(statusCode: number, message = ''): BackupStanza {
  return { ...stanza, repositories: [{ key: 1, cipher: 'aes-256-cbc', statusCode, message }] }
}

function increment(stopMinute: number): Backup {
  return madeBackup(1, 7, stopMinute, { type: 'incr', label: labelOf(stopMinute, 'I') })
}

function missed(dueMinute: number): KeptRun {
  const dueAt = minute(dueMinute)
  const sentence = 'Nobody led until it was too late.'
  return { kind: 'backup', dueAt, type: 'diff', state: 'missed', sentence, operationId: null, changedAt: dueAt }
}

const gap = { timeline: 1, first: wal(1, 5), last: wal(1, 6), segments: 2, passedAt: minute(7) }

function held(change: Partial<ArchivingHeld>): ArchiverSeen {
  const heldBack = { recoveryAt: minute(580), fromAt: minute(590), untilAt: null, endedAt: null, ...change }
  return { ...archiver, lastArchivedAt: null, lastFailedAt: minute(596), lastFailedWal: wal(2, 1), heldBack }
}

test('of a cluster that is backed up well nothing is said', () => {
  expect(backupFindings(well)).toEqual([])
})

test.each<[string, Partial<BackupJudgedCase>, string[]]>([
  ['no backup', { stanza: { ...repository(2), statusCode: 2, backups: [] } }, ['critical no-backup']],
  [
    'only of an earlier cluster',
    { stanza: { ...stanza, backups: [{ ...sunday, isOfThisCluster: false }] } },
    ['critical no-backup'],
  ],
  [
    'repository unreadable',
    { stanza: { ...repository(99, '[PathOpenError] x'), backups: [] } },
    ['critical repository-problem'],
  ],
  ['one of two repositories empty', { stanza: repository(2) }, ['warning repository-problem']],
  ['repositories differ', { stanza: { ...stanza, statusCode: 4 } }, ['warning repositories-differ']],
  ['database mismatch', { stanza: { ...stanza, statusCode: 5 } }, ['critical repositories-differ']],
  ['another cluster', { systemIdentifier: '7712127605469610099' }, ['critical other-cluster']],
  ['full overdue', { stanza: { ...stanza, backups: [madeBackup(1, 2, -12_000)] } }, ['warning full-overdue']],
  ['no schedule', { schedule: null, stanza: { ...stanza, backups: [madeBackup(1, 2, -2_000)] } }, []],
  ['no schedule, nothing since Sunday', { schedule: null }, ['warning backup-old']],
  [
    'no schedule, an old full backup alone',
    { schedule: null, stanza: { ...stanza, backups: [madeBackup(1, 2, -12_000)] } },
    ['warning full-overdue'],
  ],
  [
    'no schedule, an old full backup with a new incremental one',
    { schedule: null, stanza: { ...stanza, backups: [madeBackup(1, 2, -12_000), increment(60)] } },
    ['warning full-overdue'],
  ],
  [
    'no schedule, all of it old',
    { schedule: null, stanza: { ...stanza, backups: [madeBackup(1, 2, -12_000), increment(-4_000)] } },
    ['warning full-overdue', 'warning backup-old'],
  ],
  [
    'a schedule set after the full backup was due',
    { scheduledSince: minute(-100), stanza: { ...stanza, backups: [madeBackup(1, 2, -2_900)] } },
    ['warning backup-old'],
  ],
  [
    'a schedule set lately, an old full backup',
    { scheduledSince: minute(-100), stanza: { ...stanza, backups: [madeBackup(1, 2, -12_000), increment(60)] } },
    ['warning full-overdue'],
  ],
  ['missed', { runs: [missed(60)] }, ['warning run-missed']],
  ['missed twice', { runs: [missed(30), missed(60)] }, ['warning run-missed']],
  ['missed and made good', { runs: [missed(60)], stanza: { ...stanza, backups: [sunday, madeBackup(1, 9, 70)] } }, []],
  ['page errors', { stanza: { ...stanza, backups: [{ ...sunday, hasPageErrors: true }] } }, ['critical page-errors']],
  ['not looked at for page errors', { stanza: { ...stanza, backups: [{ ...sunday, hasPageErrors: null }] } }, []],
  [
    'reference gone',
    {
      stanza: {
        ...stanza,
        backups: [
          sunday,
          madeBackup(1, 7, 60, { type: 'diff', label: labelOf(60, 'D'), references: ['20261101-010000F'] }),
        ],
      },
    },
    ['warning reference-gone'],
  ],
  ['gap of a moment ago', { gaps: [{ repository: 1, gap: { ...gap, passedAt: now } }] }, []],
  ['gap after every backup', { gaps: [{ repository: 1, gap }] }, ['critical wal-gap']],
  [
    'gap before the newest backup',
    { gaps: [{ repository: 1, gap }], stanza: { ...stanza, backups: [sunday, madeBackup(1, 9, 60)] } },
    ['info wal-gap'],
  ],
  [
    'archiver failing for a moment',
    { archiver: { ...archiver, lastFailedAt: now, lastFailedWal: wal(1, 21), failedCount: 1 } },
    ['warning archiver-failing'],
  ],
  [
    'archiver failing for long',
    { archiver: { ...archiver, lastArchivedAt: minute(500), lastFailedAt: now } },
    ['critical archiver-failing'],
  ],
  [
    'never archived',
    { archiver: { ...archiver, lastArchivedAt: null, lastFailedAt: now } },
    ['critical archiver-failing'],
  ],
  ['held back by a recovery under way', { archiver: held({}) }, []],
  ['held back until a moment ago, and about to be proven', { archiver: held({ untilAt: minute(599) }) }, []],
  ['let go long ago, and still nothing', { archiver: held({ untilAt: minute(597) }) }, ['critical archiver-failing']],
  [
    'failing after it was let go',
    { archiver: { ...held({ untilAt: minute(599) }), lastFailedAt: now } },
    ['critical archiver-failing'],
  ],
  [
    'still held back when the recovery has ended',
    { archiver: held({ endedAt: minute(599) }) },
    ['critical archiver-failing'],
  ],
  ['seen while the recovery was under way', { archiver: held({ untilAt: minute(599), endedAt: minute(601) }) }, []],
  [
    'failing before the recovery',
    { archiver: { ...held({}), lastFailedAt: minute(589) } },
    ['critical archiver-failing'],
  ],
  ['queue', { archiver: { ...archiver, waitingSegments: 17 } }, ['warning archiver-behind']],
  ['long queue', { archiver: { ...archiver, waitingSegments: 300 } }, ['critical archiver-behind']],
  [
    'silent although there is a timeout',
    { archiver: { ...archiver, lastArchivedAt: minute(580) } },
    ['warning archive-stale'],
  ],
  [
    'quiet without a timeout',
    { archiver: { ...archiver, lastArchivedAt: minute(500), archiveTimeoutSeconds: 0 } },
    ['info archive-stale'],
  ],
  [
    'quiet for a while without a timeout',
    { archiver: { ...archiver, lastArchivedAt: minute(580), archiveTimeoutSeconds: 0 } },
    [],
  ],
  ['WAL dropped', { archiver: { ...archiver, lastArchivedWal: wal(1, 40) } }, ['critical archive-behind']],
  ['on its way', { archiver: { ...archiver, lastArchivedWal: wal(1, 22) } }, []],
  ['another timeline', { archiver: { ...archiver, lastArchivedWal: wal(2, 40) } }, []],
  ['running', { stanza: { ...stanza, backup: running }, runningSince: minute(560) }, []],
  [
    'running long',
    { stanza: { ...stanza, backup: running }, runningSince: minute(500) },
    ['warning backup-running-long'],
  ],
  ['retention of one', { retentionFull: [{ repository: 1, backups: 1 }] }, ['warning retention-of-one']],
])('%s', (_, change, found) => {
  const findings = backupFindings({ ...well, ...change })
  expect(findings.map(({ severity, kind }) => `${severity} ${kind}`)).toEqual(found)
  for (const { sentence, advice } of findings) {
    expect(sentence).toMatch(/^[A-Z\d].*\.$/)
    expect(advice).toMatch(/^[A-Z].*\.$/)
    expect(`${sentence} ${advice}`).not.toMatch(/undefined|NaN|null|\[object|Infinity/)
  }
})

test('without a schedule the age of a backup is said and nothing is called due', () => {
  const old = { ...stanza, backups: [madeBackup(1, 2, -13_000)] }
  const [finding] = backupFindings({ ...well, schedule: null, stanza: old })
  expect(finding?.sentence).toBe('The newest full backup is 9 d old.')
  expect(finding?.advice).not.toContain('due')
})

test('the worst comes first', () => {
  const findings = backupFindings({
    ...well,
    retentionFull: [{ repository: 1, backups: 1 }],
    gaps: [{ repository: 1, gap }],
  })
  expect(findings.map(({ severity }) => severity)).toEqual(['critical', 'warning'])
})

test.each([
  [1, 'does not know the stanza'],
  [2, 'holds no valid backup'],
  [3, 'backup.info is missing'],
  [4, 'mixed'],
  [5, 'another database'],
  [6, 'does not hold the backup'],
  [99, 'cannot be read: [PathOpenError] unable to list file info for path'],
  [77, 'cannot be read'],
])('status %i of a repository is told as: %s', (statusCode, words) => {
  const message = "[PathOpenError] unable to list file info for path '/r'"
  expect(repositoryProblem({ key: 1, cipher: 'none', statusCode, message })?.sentence).toContain(words)
})

test.each([
  ['aes-256-cbc', 'the passphrase is another one'],
  ['none', 'it seems to be encrypted'],
])('a file that cannot be decrypted with %s is told as: %s', (cipher, words) => {
  const message =
    '[FormatError] unable to load info file:\nFormatError: key/value found outside of section at line 1: x'
  expect(repositoryProblem({ key: 1, cipher, statusCode: 99, message })?.sentence).toContain(words)
})

test('a repository that is well has no problem', () => {
  expect(repositoryProblem({ key: 1, cipher: 'none', statusCode: 0, message: 'ok' })).toBeNull()
})
