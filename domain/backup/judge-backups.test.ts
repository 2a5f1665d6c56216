import { expect, test } from 'vitest'
import type { ArchiverSeen } from '#domain/wal/archiver-seen.ts'
import { notRunning } from './backup-progress.ts'
import type { BackupRepository } from './backup-repository.ts'
import { backupsSentence, backupsState, type BackupsSeen } from './backups-state.ts'
import type { BackupView } from './backup-view.ts'
import { keepWindow, windowsIn } from './backup-view.ts'
import { boundedArchive, boundedBackups } from './backup-view-bounds.ts'
import { fromJson } from '#domain/json.ts'
import { judgeBackups } from './judge-backups.ts'
import { recoveryWindows } from '#domain/recovery/recovery-windows-of.ts'
import type { Ancestor } from '#domain/snapshot/timeline-history.ts'
import { madeArchive, madeBackup, minute, segments, sizeBytes, wal } from '#domain/testing/backup-made.ts'

const now = minute(40)
const backups = [madeBackup(1, 2, 2), madeBackup(1, 12, 12)]
const windows = recoveryWindows({
  backups,
  archived: madeArchive(segments(1, 1, 30)),
  histories: [],
  walSegmentSizeBytes: sizeBytes,
})
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
    archives: [{ repository: 1, id: '15-1', walMin: wal(1, 1), walMax: wal(1, 30), isOfThisCluster: true }],
    backups,
    backup: notRunning,
    restore: notRunning,
  },
  readAt: now,
  backupsLeftOut: 0,
  runningSince: null,
  archive: { listedAt: now, windows: windows.map(keepWindow), gaps: [], histories: [] },
  archiver: null,
  walSegmentSizeBytes: sizeBytes,
  timeline: 1,
  systemIdentifier: null,
  problems: [],
}
const stanza = view.stanza
const unread = stanza && { ...stanza, backups: [], repositories: repositories(99) }
const unused = stanza && {
  ...stanza,
  backups: [],
  databases: [{ id: 1, repository: 1, systemIdentifier: '12', version: '15' }],
}
const seen: BackupsSeen = { view, takenAt: now, problem: null, agents: 1 }

test('a view survives being kept as JSON, its windows with their backups', () => {
  const stranger = { ...madeBackup(1, 2, 2), annotations: { createdAt: '2026-11-25T15:00:00Z' } }
  const kept: BackupView = { ...view, stanza: stanza && { ...stanza, backups: [stranger, ...backups.slice(1)] } }
  const read = fromJson<BackupView>(JSON.stringify(kept))
  expect(read).toEqual(kept)
  expect(windowsIn(fromJson<BackupView>(JSON.stringify(view)))).toEqual(windows)
})

test('a view is judged by how far recovery reaches', () => {
  const { sentence, ends, bounds, line, findings } = judgeBackups(view, now)
  expect(sentence).toBe('Recovery can land anywhere from 37 min to 10 min ago.')
  expect(ends).toBe(
    `From 2026-11-24 00:02:01 UTC (end of full backup ${backups[0]?.label}) to 2026-11-24 00:30:00 UTC (newest archived WAL segment of timeline 1, ${wal(1, 30)}).`,
  )
  expect(bounds).toEqual({ earliestAt: new Date(minute(2).getTime() + 1000), latestAt: minute(30) })
  expect(line).toEqual([1])
  expect(findings).toEqual([])
})

test.each<[string, Partial<BackupView>, string]>([
  ['no stanza', { stanza: null, archive: null }, 'pgBackRest on pg-node-1 knows no stanza main: nothing is backed up.'],
  [
    'no backup',
    { stanza: stanza && { ...stanza, backups: [] }, archive: null },
    'No moment can be recovered: there is no backup of this cluster.',
  ],
  [
    'a repository that cannot be read',
    { stanza: stanza && { ...stanza, backups: [], repositories: repositories(99) }, archive: null },
    'Repository 1 cannot be read: what it holds, and so what can be recovered, is not known.',
  ],
  [
    'one that cannot be read beside an empty one',
    { stanza: stanza && { ...stanza, backups: [], repositories: repositories(2, 99) } },
    'Repository 2 cannot be read: what it holds, and so what can be recovered, is not known.',
  ],
  [
    'two that cannot be read',
    { stanza: stanza && { ...stanza, backups: [], repositories: repositories(99, 99) } },
    'Repositories 1 and 2 cannot be read: what they hold, and so what can be recovered, is not known.',
  ],
  [
    'archive not listed yet',
    { archive: null },
    'The newest backup ended 28 min ago. What WAL is archived after it has not been seen yet.',
  ],
])('%s is said', (_, change, sentence) => {
  expect(judgeBackups({ ...view, ...change }, now).sentence).toBe(sentence)
})

test('what is kept of another cluster is not promised', () => {
  const other = stanza && {
    ...stanza,
    databases: [
      { id: 1, repository: 1, systemIdentifier: '11', version: '15' },
      { id: 2, repository: 1, systemIdentifier: '12', version: '15' },
    ],
  }
  const judged = judgeBackups({ ...view, stanza: other, systemIdentifier: '11' }, now)
  expect(judged).toMatchObject({ windows: [], bounds: null, ends: null })
  expect(judged.sentence).toBe(
    'No moment of this cluster can be recovered. Repository 1 is for another cluster: system identifier 12, not 11.',
  )
  expect(judgeBackups({ ...view, stanza: other, systemIdentifier: '12' }, now).windows).toHaveLength(windows.length)
  expect(judgeBackups({ ...view, stanza: other, systemIdentifier: null }, now).windows).toHaveLength(windows.length)
})

test('a backup that was seen running long ago is not said to run for long', () => {
  const running = { ...view, stanza: stanza && { ...stanza, backup: { ...notRunning, isRunning: true } } }
  const kinds = (readAt: Date) =>
    judgeBackups({ ...running, readAt, runningSince: minute(20) }, minute(120)).findings.map(({ kind }) => kind)
  expect(kinds(minute(119))).toEqual(['backup-running-long'])
  expect(kinds(minute(60))).toEqual([])
})

test('no schedule is taken for set', () => {
  const [finding] = judgeBackups(view, minute(13_000)).findings
  expect(finding?.sentence).toBe('The newest full backup is 9 d old.')
})

test('a window begins with the oldest backup that is left, and is gone with the last', () => {
  const left = (kept: typeof backups): BackupView => ({ ...view, stanza: stanza && { ...stanza, backups: kept } })
  const newer = judgeBackups(left(backups.slice(1)), now)
  expect(newer.windows[0]?.earliest.why).toBe(`end of full backup ${backups[1]?.label}`)
  expect(newer.bounds?.earliestAt).toEqual(new Date(minute(12).getTime() + 1000))
  expect(windowsIn(left(backups.slice(0, 1)))[0]?.earliest).toEqual(windows[0]?.earliest)
  expect(windowsIn(left([madeBackup(1, 35, 35)]))).toEqual([])
  expect(windowsIn({ ...left(backups.slice(1)), backupsLeftOut: 1 })[0]?.earliest).toEqual(windows[0]?.earliest)
})

test('an archive that was listed long ago is said to be', () => {
  const told = (minutes: number) => judgeBackups(view, minute(40 + minutes)).sentence
  expect(told(15)).not.toContain('listed')
  expect(told(16)).toContain('That is as of 16 min ago, when the archive was last listed.')
})

test('what the archiver told long ago is not judged', () => {
  const archiver: ArchiverSeen = {
    observedAt: now,
    lastArchivedWal: wal(1, 30),
    lastArchivedAt: minute(30),
    lastFailedWal: wal(1, 31),
    lastFailedAt: minute(40),
    failedCount: 1,
    waitingSegments: 1,
    archiveTimeoutSeconds: 60,
  }
  const kinds = (minutes: number) =>
    judgeBackups({ ...view, archiver }, minute(40 + minutes)).findings.map(({ kind }) => kind)
  expect(kinds(5)).toEqual(['archiver-failing'])
  expect(kinds(6)).toEqual([])
})

test('what is not archived yet counts as long as the leader archives', () => {
  const archiver = {
    observedAt: now,
    lastArchivedWal: wal(1, 30),
    lastArchivedAt: minute(30),
    lastFailedWal: null,
    lastFailedAt: null,
    failedCount: 0,
    waitingSegments: 0,
    archiveTimeoutSeconds: 0,
  }
  const sentenceBy = (changed: Partial<BackupView>) => judgeBackups({ ...view, archiver, ...changed }, now).sentence
  const later = 'While the leader lives, what came later is archived before a recovery begins.'
  expect(sentenceBy({})).toBe(`Recovery can land anywhere from 37 min to 10 min ago. ${later}`)
  expect(sentenceBy({ archiver: { ...archiver, lastFailedAt: minute(31) } })).not.toContain(later)
  expect(sentenceBy({ archiver: { ...archiver, observedAt: minute(20) } })).not.toContain(later)
  expect(sentenceBy({ stanza: unused })).not.toContain(later)
})

test('a timeline whose history is not archived yet goes on from the newest before it', () => {
  const after = judgeBackups({ ...view, timeline: 2 }, now)
  expect(after.line).toEqual([1, 2])
  expect(after.sentence).toBe('Recovery can land anywhere from 37 min to 10 min ago.')
  const histories = [{ timeline: 4, beganAt: null, ancestors: [ancestor(1), ancestor(3)] }]
  const archive = view.archive && { ...view.archive, histories }
  expect(judgeBackups({ ...view, archive, timeline: 5 }, now).line).toEqual([1, 3, 4, 5])
})

test.each<[string, Partial<BackupsSeen>, string, string]>([
  ['nobody to ask', { view: null, takenAt: null, agents: 0 }, 'no-agent', 'no node of this cluster has an agent'],
  ['not looked yet', { view: null, takenAt: null }, 'unseen', 'have not been looked at yet'],
  ['cannot be seen', { view: null, takenAt: null, problem: 'Gone.' }, 'unseen', 'cannot be seen: Gone.'],
  ['old', { takenAt: minute(30) }, 'stale', 'Recovery can land'],
  ['its agents were removed', { agents: 0 }, 'stale', 'Recovery can land'],
  ['no stanza', { view: { ...view, stanza: null } }, 'no-stanza', 'knows no stanza'],
  ['no backup', { view: { ...view, stanza: stanza && { ...stanza, backups: [] } } }, 'no-backup', 'no backup'],
  ['a repository that cannot be read', { view: { ...view, stanza: unread } }, 'seen', 'cannot be read'],
  [
    'an empty repository of another cluster',
    { view: { ...view, systemIdentifier: '11', stanza: unused } },
    'seen',
    'is for another cluster',
  ],
  ['well', {}, 'seen', 'Recovery can land'],
])('%s', (_, change, state, sentence) => {
  expect(backupsState({ ...seen, ...change }, now)).toBe(state)
  expect(backupsSentence({ ...seen, ...change }, now)).toContain(sentence)
})

test('very many backups are cut to the newest, and the references that are gone stay', () => {
  const many = Array.from({ length: 1_100 }, (_, at) => madeBackup(1, at, at))
  const labels = many.map(({ label }) => label)
  const last = madeBackup(1, 1_100, 1_100, { type: 'incr', references: [...labels, '20200101-000000F'] })
  const kept = boundedBackups([...many, last])
  expect(kept).toHaveLength(1_000)
  expect(kept.at(-1)?.references).toHaveLength(20)
  expect(kept.at(-1)?.references[0]).toBe('20200101-000000F')
  const [window] = view.archive?.windows ?? []
  const wide = window ? Array.from({ length: 300 }, () => window) : []
  expect(boundedArchive({ listedAt: now, gaps: [], histories: [], windows: wide }).windows).toHaveLength(200)
})

function repositories(...statusCodes: number[]): BackupRepository[] {
  return statusCodes.map((statusCode, index) => ({ key: index + 1, cipher: 'none', statusCode, message: 'as told' }))
}

function ancestor(timeline: number): Ancestor {
  return { timeline, endLsn: timeline * sizeBytes, reason: '', leftAt: null, endedAt: null, isAbandoned: false }
}
