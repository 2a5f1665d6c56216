import { expect, test } from 'vitest'
import { chooseBackup } from '#domain/recovery/choose-backup.ts'
import type { RecoveryEvidence, RecoveryWindow } from '#domain/recovery/recovery-window.ts'
import { recoveryWindows } from '#domain/recovery/recovery-windows-of.ts'
import { parseTimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { defaultWalSegmentSizeBytes } from '#domain/wal/wal-segment.ts'
import { walGaps } from '#domain/wal/wal-gaps.ts'
import { fixture } from '../testing/fixture.ts'
import { parseInfo } from './parse-info.ts'
import { parseRepoLs } from './parse-repo-ls.ts'

const target = { who: 'pg-node-1', system: 'pgBackRest', address: '10.0.1.10:8009' }
const at = (time: string): Date => new Date(`2026-11-25T${time}Z`)
const now = at('16:00:00')

function recorded(world: 'timelines' | 'promoted', listing: string): RecoveryEvidence {
  const read = (name: string): string => fixture(`pgbackrest/fixtures/2.45-${name}`)
  const archived = parseRepoLs(read(`repo-ls-${listing}.json`), { repository: 1, archiveId: '15-1' }, target)
  const histories = archived.histories.flatMap(({ timeline, archivedAt }) => {
    const text = read(`${world}-${String(timeline).padStart(8, '0')}.history`)
    return parseTimelineHistory(timeline, text, archivedAt) ?? []
  })
  const backups = parseInfo(read(`info-${world}.json`), target)[0]?.backups ?? []
  return { backups, archived, histories, walSegmentSizeBytes: defaultWalSegmentSizeBytes }
}

const gist = ({ timeline, targetTimeline, earliest, latest, backups }: RecoveryWindow) => [
  `${timeline} by ${targetTimeline}`,
  `${earliest.at.toISOString().slice(11, 19)} ${earliest.why}`,
  `${latest.at.toISOString().slice(11, 19)} ${latest.why}`,
  backups.length,
]

test('after two recoveries to earlier moments each timeline has its own moments', () => {
  const evidence = recorded('timelines', 'timelines')
  expect(walGaps(evidence.archived, evidence.histories, evidence.walSegmentSizeBytes)).toEqual([])
  expect(recoveryWindows(evidence).map(gist)).toEqual([
    [
      '1 by 1',
      '15:14:04 end of full backup 20261125-151358F',
      '15:14:53 newest archived WAL segment of timeline 1, 000000010000000000000014',
      4,
    ],
    [
      '2 by 2',
      '15:14:55 timeline 2 began',
      '15:15:03 newest archived WAL segment of timeline 2, 000000020000000000000017',
      5,
    ],
    [
      '3 by 3',
      '15:15:08 timeline 3 began',
      '15:15:08 newest archived WAL segment of timeline 3, 000000030000000000000017',
      5,
    ],
  ])
})

test('a moment on a branch that was left is found there, and said to be left', () => {
  const evidence = recorded('timelines', 'timelines')
  const history = evidence.histories.find(({ timeline }) => timeline === 3) ?? null
  const asked = { windows: recoveryWindows(evidence), history, lastCommitAt: null, now }
  const choice = chooseBackup({ ...asked, target: { type: 'time', at: at('15:14:51'), timeline: null } })
  expect(choice).toMatchObject({
    kind: 'chosen',
    backup: { label: '20261125-151358F_20261125-151443I' },
    targetTimeline: 1,
    warnings: [expect.stringContaining('Timeline 1 was left behind')],
  })
})

test('a segment taken out of the archive splits the window', () => {
  const evidence = recorded('timelines', 'gap')
  const gaps = walGaps(evidence.archived, evidence.histories, evidence.walSegmentSizeBytes)
  expect(gaps).toMatchObject([{ timeline: 1, segments: 1 }])
  const windows = recoveryWindows(evidence)
  expect(windows.filter(({ timeline }) => timeline === 1)).toHaveLength(2)
  expect(windows[0]?.latest.why).toBe(`WAL segment ${gaps[0]?.first} is missing from the archive`)
})

test('a promotion that lost nothing is followed into the new timeline', () => {
  const windows = recoveryWindows(recorded('promoted', 'promoted'))
  expect(windows.map(({ timeline, targetTimeline, kind }) => [timeline, targetTimeline, kind])).toContainEqual([
    1,
    2,
    'span',
  ])
  const followed = windows.find(({ targetTimeline, timeline }) => timeline === 1 && targetTimeline === 2)
  expect(followed).toMatchObject({ latest: { why: 'timeline 2 took over' }, toLsn: 0x14000098 })
})

// Each was carried out with Postgres 15: it stopped before the commit that follows the moment. By timeline 1 the last one ended in
// `recovery ended before configured recovery target was reached`.
test.each([
  ['timelines', '15:14:50.500', '20261125-151358F_20261125-151443I', 1],
  ['timelines', '15:15:02.500', '20261125-151358F_20261125-151458I', 2],
  ['promoted', '15:27:03.500', '20261125-151713F_20261125-152650I', 2],
] as const)('%s at %s is recovered from %s by timeline %i', (world, time, label, targetTimeline) => {
  const windows = recoveryWindows(recorded(world, world))
  const asked = { windows, history: null, lastCommitAt: null, now }
  expect(chooseBackup({ ...asked, target: { type: 'time', at: at(time), timeline: null } })).toMatchObject({
    kind: 'chosen',
    backup: { label },
    targetTimeline,
  })
})
