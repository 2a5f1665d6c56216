import { expect, test } from 'vitest'
import { notRunning } from '#domain/backup/backup-progress.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { archiveDue, foldersToList, restMs } from './when-to-look.ts'

const now = new Date('2026-11-25T16:00:00Z')
const stanza: BackupStanza = {
  name: 'main',
  cipher: 'none',
  statusCode: 0,
  message: 'ok',
  repositories: [],
  databases: [],
  archives: [{ repository: 1, id: '15-1', walMin: 'a', walMax: 'b', isOfThisCluster: true }],
  backups: [],
  backup: notRunning,
  restore: notRunning,
}
const last: BackupView = {
  node: 'pg-node-1',
  stanzaName: 'main',
  stanza,
  readAt: now,
  backupsLeftOut: 0,
  runningSince: null,
  archive: { listedAt: now, windows: [], gaps: [], histories: [{ timeline: 3, ancestors: [], beganAt: null }] },
  archiver: null,
  walSegmentSizeBytes: 16_777_216,
  timeline: 3,
  systemIdentifier: null,
  problems: [],
}
const withoutHistory = { listedAt: now, windows: [], gaps: [], histories: [] }
const grown = { ...stanza, archives: stanza.archives.map((archive) => ({ ...archive, walMax: 'c' })) }
const known = { stanza, timeline: 3, wholeAt: now, now: new Date(now.getTime() + 60_000) }

test.each<[string, BackupView | null, Partial<typeof known> | { wholeAt: null }, string]>([
  ['the first time', null, {}, 'whole'],
  ['a worker that has just begun', last, { wholeAt: null }, 'whole'],
  ['nothing has changed', last, {}, 'nothing'],
  ['five minutes on', last, { now: new Date(now.getTime() + 300_000) }, 'whole'],
  ['WAL was archived', last, { stanza: grown }, 'ends'],
  ['the timeline changed', last, { timeline: 4 }, 'ends'],
  ['the history of its timeline is not archived yet', { ...last, archive: withoutHistory }, {}, 'ends'],
  [
    'the first timeline, which has no history',
    { ...last, timeline: 1, archive: withoutHistory },
    { timeline: 1 },
    'nothing',
  ],
  ['it failed before', { ...last, problems: [{ part: 'archive', sentence: 'x', since: now }] }, {}, 'whole'],
])('%s', (_, before, change, extent) => {
  expect(archiveDue(before, { ...known, ...change })).toBe(extent)
})

test('of an archive that has grown, its ends and what is new are listed', () => {
  const folders = ['00000001', '00000002'].flatMap((timeline) => [0, 1, 2, 3].map((log) => `${timeline}0000000${log}`))
  const without = new Set(folders.filter((folder) => folder !== '0000000200000001'))
  expect(foldersToList(folders, without, 'ends')).toEqual([
    '0000000100000000',
    '0000000100000002',
    '0000000100000003',
    '0000000200000001',
    '0000000200000002',
    '0000000200000003',
  ])
  expect(foldersToList(folders, without, 'whole')).toEqual(folders)
})

test('a backup that runs is looked at more often', () => {
  expect(restMs(stanza)).toBe(60_000)
  expect(restMs(null)).toBe(60_000)
  expect(restMs({ ...stanza, backup: { ...notRunning, isRunning: true } })).toBe(5_000)
})
