import { describe, expect, test } from 'vitest'
import type { RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import { tableDrop, type TableDropCase } from './table-drop.ts'
import { madeBackup, minute } from '#domain/testing/backup-made.ts'
import { hour, madeView } from '#domain/testing/restore-case.ts'

const archiver = {
  observedAt: hour,
  lastArchivedWal: null,
  lastArchivedAt: minute(10),
  lastFailedWal: null,
  lastFailedAt: null,
  failedCount: 0,
  waitingSegments: 0,
  archiveTimeoutSeconds: 60,
}
const daysAgo = (days: number): Date => new Date(hour.getTime() - days * 86_400_000)
const good = (days: number): RehearsalSeen => ({ endedAt: daysAgo(days), isGood: true, fault: null })
const bad = (days: number): RehearsalSeen => ({ endedAt: daysAgo(days), isGood: false, fault: 'x' })

const drop = (change: Partial<TableDropCase> = {}) =>
  tableDrop({
    backups: madeView({ archiver }),
    rehearsals: [good(3)],
    past: [{ bytes: 1_000_000, ms: 720_000 }],
    now: hour,
    ...change,
  })

test('that it comes back, how soon, and what that costs', () => {
  expect(drop()).toEqual({
    level: 'proven',
    sentences: [
      'A table dropped within the last 56 min comes back as it was just before.',
      'That takes about 12 min, going by the one recovery measured so far; the last rehearsal went well 3 d ago.',
      'Taken out of a copy restored beside the cluster, only that table comes back and nobody loses anything; recovered in place, everybody loses what was written since.',
    ],
  })
})

test.each<[string, Partial<TableDropCase>, RegExp, string]>([
  [
    'no rehearsal, no time',
    { rehearsals: [], past: [] },
    /^How long that takes is not known, .*; none was ever/,
    'likely',
  ],
  ['an old rehearsal', { rehearsals: [good(40)] }, /went well 40 d ago/, 'likely'],
  ['a failed one', { rehearsals: [bad(1)] }, /1 d ago, failed, and none ever went well/, 'doubtful'],
  [
    'a failed one after a good',
    { rehearsals: [bad(1), good(9)] },
    /failed, and the last to go well was 9 d ago/,
    'doubtful',
  ],
  [
    'several measured',
    {
      past: [
        { bytes: 1000, ms: 60 },
        { bytes: 1000, ms: 60 },
      ],
    },
    /^That takes about 1 min, going by the recoveries/,
    'proven',
  ],
])('%s', (_, change, takes, level) => {
  const found = drop(change)
  expect(found.level).toBe(level)
  expect(found.sentences[1]).toMatch(takes)
})

describe('what is not archived', () => {
  test.each([
    ['nobody tells of archiving', null],
    ['archiving fails', { ...archiver, lastFailedAt: minute(59) }],
    ['it was told long ago', { ...archiver, observedAt: minute(30) }],
  ])('%s', (_, seen) => {
    expect(drop({ backups: madeView({ archiver: seen }) }).sentences[0]).toBe(
      'A table dropped between 56 min and 50 min ago comes back as it was just before; whether what came later reaches the archive is not known.',
    )
  })
})

test('that it does not come back, or that nobody can tell', () => {
  expect(drop({ backups: null })).toMatchObject({ level: 'unseen', sentences: [expect.stringMatching(/never read/)] })
  expect(drop({ backups: madeView({ archive: null }) })).toMatchObject({ level: 'unseen' })
  expect(drop({ backups: madeView({}, []) })).toMatchObject({
    level: 'no',
    sentences: [expect.stringMatching(/^It would not come back.*there is no backup/)],
  })
  expect(drop({ backups: madeView({ stanza: null }) })).toMatchObject({ level: 'no' })
})

test('right after the first backup it comes back as well, as long as the leader archives', () => {
  const first = [madeBackup(4, 10, 10)]
  expect(drop({ backups: madeView({ archiver }, first) })).toMatchObject({
    level: 'proven',
    sentences: [
      'A table dropped within the last 49 min comes back as it was just before.',
      expect.anything(),
      expect.anything(),
    ],
  })
  expect(drop({ backups: madeView({}, first) })).toMatchObject({ level: 'no' })
})
