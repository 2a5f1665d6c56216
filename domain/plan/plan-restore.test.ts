import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { planRestore } from './plan-restore.ts'
import type { RestoreCase } from './plan-restore/planning.ts'
import type { RestoreWish } from './restore-plan.ts'
import { madeBackup, minute, sizeBytes } from '#domain/testing/backup-made.ts'
import { behindBy, withMember } from '#domain/testing/change.ts'
import { hour, lasting, madeAgents, madeBackups, madeCase, madeView } from '#domain/testing/restore-case.ts'
import { baseLsn, healthyWorld, type World } from '#domain/testing/world.ts'

const plan = (change: Partial<RestoreCase> = {}, wish: Partial<RestoreWish> = {}) => planRestore(madeCase(change, wish))
const aim = (target: RecoveryTarget) => plan({}, { target })
const time = (at: Date): RecoveryTarget => ({ type: 'time', at, timeline: null })

describe('what it would do', () => {
  test('on the leader, with the newest backup before the moment', () => {
    expect(plan()).toMatchObject({
      kind: 'restore',
      node: 'pg-node-3',
      leader: 'pg-node-3',
      timeline: 4,
      replicas: ['pg-node-1', 'pg-node-2'],
      stanza: 'main',
      repository: 1,
      set: '20261124-000700F',
      targetWords: '2026-11-24 00:09:00.000 UTC',
      targetTimeline: 4,
      wayBack: 'aside',
      blockers: [],
      warnings: [expect.stringMatching(/^pg-node-1 and pg-node-2 are built anew/)],
      loss: { fromAt: minute(9), toAt: hour, walBytes: null, walAtMostBytes: baseLsn - 9 * sizeBytes },
      space: { neededBytes: 1_100_000, freeBytes: 50_000_000_000 },
      expectedMs: null,
      nearestAt: null,
      pointOfNoReturn: expect.stringContaining('restarted to serve clients'),
    })
  })

  test('in sentences, in order', () => {
    const { sentences } = plan({ past: [{ bytes: 1000, ms: 600 }] })
    expect(sentences).toHaveLength(11)
    expect(sentences[4]).toBe(
      'The old data of pg-node-3 is set aside whole, and full backup 20261124-000700F is restored from repository 1 in its place: 1 MB, about 10 min going by restores of before.',
    )
    expect(sentences.join(' ')).not.toMatch(/undefined|null|NaN/)
  })

  test('clients come back before the new timeline is seen in the archive, or where that is wished at the end', () => {
    expect(plan().sentences[8]).toBe(
      'Clients are let back in as soon as pg-node-3 takes writes; only then is its new timeline waited for in the archive.',
    )
    expect(plan({}, { clientsBack: 'end' }).sentences[8]).toBe(
      'Its new timeline is waited for in the archive, and clients stay shut out until replicas and a new backup stand.',
    )
  })

  test('whoever is furthest behind is stopped first, and who does not follow counts as that', () => {
    const behind = withMember(healthyWorld(hour), 'pg-node-2', behindBy(500_000))
    expect(plan({ snapshot: lasting(behind) }).replicas).toEqual(['pg-node-2', 'pg-node-1'])
    const idle = withMember(behind, 'pg-node-1', { state: 'running', streamsFrom: null })
    expect(plan({ snapshot: lasting(idle) }).replicas).toEqual(['pg-node-1', 'pg-node-2'])
  })

  test('how long it takes goes by the median of those before', () => {
    const past = [
      { bytes: 1_000_000, ms: 1000 },
      { bytes: 2_000_000, ms: 8000 },
      { bytes: 1_000_000, ms: 90_000 },
      { bytes: 0, ms: 5 },
    ]
    expect(plan({ past }).expectedMs).toBe(4000)
  })
})

describe('targets', () => {
  test.each<[string, RecoveryTarget, string, Date | null, number | null]>([
    ['a moment that is not archived yet', time(minute(55)), '20261124-000700F', minute(55), null],
    ['this very moment', time(hour), '20261124-000700F', hour, null],
    ['a position', { type: 'lsn', lsn: baseLsn - 1000, timeline: null }, '20261124-000700F', null, 1000],
    [
      'before a transaction whose moment is known',
      { type: 'xid', value: '741', set: null, timeline: null, isExclusive: true, at: minute(6) },
      '20261124-000300F',
      minute(6),
      null,
    ],
    [
      'a restore point whose moment is known',
      { type: 'name', value: 'upgrade', set: null, timeline: null, at: minute(50) },
      '20261124-000700F',
      minute(50),
      null,
    ],
    ['the end of the archive', { type: 'default', timeline: null }, '20261124-000700F', null, 0],
  ])('%s', (_, target, set, fromAt, walBytes) => {
    expect(aim(target)).toMatchObject({ blockers: [], set, loss: { fromAt, walBytes } })
  })

  test.each<[string, RecoveryTarget, RegExp, Date | null]>([
    ['one ahead', time(minute(61)), /is yet to come/, hour],
    [
      'one before the oldest backup',
      time(minute(1)),
      /no backup with unbroken WAL/,
      new Date(minute(3).getTime() + 1000),
    ],
    ['none', time(new Date(Number.NaN)), /none that can be read/, null],
    ['a transaction of unknown place', { type: 'xid', value: '7', set: null, timeline: null }, /or say when/, null],
    ['a transaction that is none', { type: 'xid', value: 'x7', set: null, timeline: null }, /no number of a/, null],
    [
      'a name with a quote',
      { type: 'name', value: "a'b", set: null, timeline: null },
      /no name of a restore point/,
      null,
    ],
    ['a position ahead', { type: 'lsn', lsn: baseLsn + 9_000_000_000, timeline: null }, /lies in no window/, hour],
    ['no timeline', { type: 'default', timeline: 0 }, /whole number/, null],
  ])('refuses %s', (_, target, says, nearestAt) => {
    const refusal = aim(target)
    expect(refusal.blockers).toEqual([expect.stringMatching(says)])
    expect(refusal).toMatchObject({ set: '', sentences: [], nearestAt })
  })

  test('how much WAL lies behind a moment is bounded by what was archived or backed up before it', () => {
    const atMost = (at: Date, backups = madeView()) => plan({ backups }, { target: time(at) }).loss.walAtMostBytes
    const { archive } = madeView()
    const unmarked = madeView({ archive: archive && { ...archive, marks: [] } })
    expect(atMost(minute(9.5))).toBe(baseLsn - 10 * sizeBytes)
    expect(atMost(minute(59))).toBe(baseLsn - 11 * sizeBytes)
    expect(atMost(minute(9.5), unmarked)).toBe(baseLsn - (7 * sizeBytes + 300))
    expect(atMost(minute(1))).toBeNull()
    expect(aim({ type: 'lsn', lsn: baseLsn - 1000, timeline: null }).loss.walAtMostBytes).toBe(1000)
  })

  test('a timeline that was left counts up to where it was left', () => {
    const { archive } = madeView()
    const marks = [
      { timeline: 4, lsn: 10 * sizeBytes, archivedAt: minute(9) },
      { timeline: 3, lsn: 11 * sizeBytes, archivedAt: minute(8) },
      { timeline: 3, lsn: 2 * sizeBytes, archivedAt: minute(8) },
    ]
    const ancestor = { timeline: 3, endLsn: 3 * sizeBytes, reason: '', leftAt: minute(2), endedAt: minute(2) }
    const histories = [{ timeline: 4, ancestors: [{ ...ancestor, isAbandoned: false }], beganAt: minute(2) }]
    const stanza = madeView().stanza
    const backups = madeView({
      archive: archive && { ...archive, histories, marks },
      stanza: stanza && { ...stanza, backups: stanza.backups.map((backup) => ({ ...backup, timeline: null })) },
    })
    expect(plan({ backups }, { target: time(minute(8.5)) }).loss.walAtMostBytes).toBe(baseLsn - 2 * sizeBytes)
  })

  test('while the archiver fails only what is archived counts', () => {
    const archiver = {
      observedAt: hour,
      lastArchivedWal: null,
      lastArchivedAt: minute(10),
      lastFailedWal: null,
      lastFailedAt: minute(11),
      failedCount: 3,
      waitingSegments: 1,
      archiveTimeoutSeconds: 60,
    }
    const backups = madeView({ archiver })
    const late = plan({ backups }, { target: time(minute(20)) })
    expect(late).toMatchObject({ nearestAt: minute(10), blockers: [expect.stringMatching(/does not reach that far/)] })
    expect(plan({ backups }).warnings).toContainEqual(expect.stringMatching(/^Archiving fails now/))
  })

  test('a backup that is the last thing archived can be recovered past its end', () => {
    const backups = madeView({}, [madeBackup(4, 10, 10)])
    expect(plan({ backups }, { target: time(minute(30)) })).toMatchObject({ blockers: [], set: '20261124-001000F' })
  })

  test('any moment either has a backup that ended before it, or a blocker and a nearest moment that has one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000, max: 4_000_000 }), (ms) => {
        const found = aim(time(new Date(minute(0).getTime() + ms)))
        const nearest = found.blockers.length === 0 ? found : aim(time(found.nearestAt ?? minute(0)))
        expect(nearest).toMatchObject({ blockers: [], set: expect.stringMatching(/^20261124-000[37]00F$/) })
      }),
      { numRuns: 60 },
    )
  })
})

describe('the way back', () => {
  test('without room the data of a replica is it', () => {
    const agents = madeAgents({ 'pg-node-3': { dataFreeBytes: 1_000_000 } })
    const short = plan({ agents })
    expect(short).toMatchObject({ wayBack: 'replica', blockers: [] })
    expect(short.warnings[0]).toMatch(/^The old data of pg-node-3 is overwritten, not set aside: 1 MB are free there/)
    expect(short.sentences[4]).toMatch(
      /over the old data of pg-node-3: 1 MB\. The replicas keep theirs until they are built anew\.$/,
    )
    expect(short.sentences[9]).toBe(
      'pg-node-1 and pg-node-2 are built anew from the leader, one at a time; their old data is deleted for it.',
    )
    expect(short.sentences[10]).toMatch(
      /Nothing of the old data stays on these nodes; only the archive still has it\.$/,
    )
  })

  test('with room each node keeps its old data', () => {
    const { sentences } = plan()
    expect(sentences[9]).toBe(
      'pg-node-1 and pg-node-2 are built anew from the leader, one at a time; their old data is set aside.',
    )
    expect(sentences[10]).toMatch(/The old data stays set aside until somebody lets it go\.$/)
  })

  test('of a single replica too it is said whether its old data is kept', () => {
    const { members, ...rest } = healthyWorld(hour)
    const snapshot = lasting({ ...rest, members: members.filter(({ name }) => name !== 'pg-node-1') })
    const agents = madeAgents({ 'pg-node-3': { dataFreeBytes: 1_000_000 } })
    const said = (change: Partial<RestoreCase>) => plan({ snapshot, ...change }).sentences[9]
    expect(said({})).toBe("pg-node-2's old data is set aside, and Patroni builds it anew from the leader.")
    expect(said({ agents })).toBe("pg-node-2's old data is deleted for it, and Patroni builds it anew from the leader.")
  })

  test('a replica needs room for its new copy beside its old data only where that is kept', () => {
    const little = { 'pg-node-1': { dataFreeBytes: 10_000 } }
    expect(plan({ agents: madeAgents(little) }).blockers).toEqual([
      'pg-node-1 has 10 kB free, and its new copy needs about 1.1 MB beside its old data, which is kept. Make room there first.',
    ])
    const agents = madeAgents({ ...little, 'pg-node-3': { dataFreeBytes: 1_000_000 } })
    expect(plan({ agents })).toMatchObject({ wayBack: 'replica', blockers: [] })
  })

  test('what a recovery of before set aside on a replica is named as room to be had', () => {
    const cramped = { dataFreeBytes: 10_000, keptAside: [{ name: 'x', since: minute(0) }] }
    expect(plan({ agents: madeAgents({ 'pg-node-1': cramped }) }).blockers).toEqual([
      expect.stringMatching(/which is kept\. Let the data go that a recovery of before set aside there/),
    ])
  })

  test('where each node gives its old data up, a copy that is greater still needs the rest', () => {
    const [first, last] = madeBackups
    const backups = madeView({}, [
      first,
      { ...last, sizeBytes: 9_000_000 },
      { ...madeBackup(4, 10, 10), sizeBytes: 1_000_000 },
    ])
    const cramped = { dataFreeBytes: 8_000_000 }
    const agents = madeAgents({ 'pg-node-1': cramped, 'pg-node-3': { dataFreeBytes: 8_900_000 } })
    expect(plan({ agents, backups })).toMatchObject({
      wayBack: 'replica',
      blockers: [
        'pg-node-1 has 8 MB free and gets about 1.1 MB once its old data is deleted, but its new copy needs about 9.9 MB. Make room there first.',
      ],
    })
    const unknown = madeAgents({ 'pg-node-1': { dataFreeBytes: null }, 'pg-node-3': { dataFreeBytes: 8_900_000 } })
    expect(plan({ agents: unknown, backups })).toMatchObject({
      blockers: [],
      warnings: expect.arrayContaining([
        'How much room is free on pg-node-1 for a new copy is not known; it needs about 9.9 MB. It is looked at again before anything is done.',
      ]),
    })
  })

  test('a replica whose room is not known does not stand in the way, and that is said', () => {
    const agents = madeAgents({ 'pg-node-1': { dataFreeBytes: null }, 'pg-node-2': { dataFreeBytes: null } })
    expect(plan({ agents })).toMatchObject({
      wayBack: 'aside',
      blockers: [],
      warnings: expect.arrayContaining([
        'How much room is free on pg-node-1 and pg-node-2 for new copies is not known; each needs about 1.1 MB beside the old data. It is looked at again before anything is done.',
      ]),
    })
  })

  test('room that is not known is not assumed', () => {
    const agents = madeAgents({ 'pg-node-3': { dataFreeBytes: null } })
    expect(plan({ agents }).warnings[0]).toMatch(/How much room is free there is not known/)
    expect(plan({ agents }).wayBack).toBe('replica')
  })

  test('a member alone needs the room', () => {
    const { members, ...rest } = healthyWorld(hour)
    const snapshot = lasting({ ...rest, members: members.filter(({ name }) => name === 'pg-node-3') })
    expect(plan({ snapshot })).toMatchObject({ wayBack: 'aside', blockers: [], replicas: [] })
    const agents = madeAgents({ 'pg-node-3': { dataFreeBytes: 1_000_000 } })
    expect(plan({ snapshot, agents }).blockers).toEqual([expect.stringMatching(/make room first\.$/)])
    const unknown = plan({ snapshot, agents: madeAgents({ 'pg-node-3': { dataFreeBytes: null } }) })
    expect(unknown).toMatchObject({ wayBack: 'aside', blockers: [] })
    expect(unknown.warnings[0]).toMatch(/It is looked at again before anything is done/)
  })
})

test('what is worth knowing', () => {
  const world: World = {
    ...healthyWorld(hour),
    scheduledSwitchover: { at: minute(90), from: 'pg-node-3', to: null },
    config: { ...healthyWorld(hour).config, synchronousMode: true, synchronousModeStrict: true },
  }
  const snapshot = lasting(withMember(world, 'pg-node-3', { backupRunning: true }))
  const poolerless = {
    ...snapshot,
    members: snapshot.members.map((member) => (member.name === 'pg-node-1' ? { ...member, pooler: null } : member)),
  }
  const agents = madeAgents({
    'pg-node-1': { dataFreeBytes: null, replicaMethods: ['pgbackrest', 'basebackup'] },
    'pg-node-3': { keptAside: [{ name: 'x', since: minute(0) }], vetoed: ['pgbackrest-backup'] },
  })
  const { warnings } = plan({ snapshot: poolerless, agents }, { check: null, commitsAlone: true })
  expect(warnings).toEqual([
    expect.stringMatching(/^pg-node-3 still keeps the data that a recovery set aside on 2026-11-24/),
    expect.stringMatching(/^The agent on pg-node-3 forbids backups/),
    expect.stringMatching(/are built anew from the recovered leader/),
    expect.stringMatching(/^How much room is free on pg-node-1 for a new copy is not known/),
    expect.stringMatching(/^Replicas are built from a backup here/),
    expect.stringMatching(/^No pgBouncer was seen on pg-node-1/),
    expect.stringMatching(/^No check query is given/),
    expect.stringMatching(/^What is recovered is made final without anybody/),
    expect.stringMatching(/^The switchover scheduled for 2026-11-24 01:30:00 UTC is dropped/),
    expect.stringMatching(/^synchronous_mode_strict is on/),
    expect.stringMatching(/^Something copies the data of pg-node-3 now/),
  ])
})

test('backups that were read long ago may have expired', () => {
  const backups = madeView({ readAt: minute(30) })
  expect(plan({ backups }).warnings).toContain(
    'The backups were last read 30 min ago; what expired since is not known.',
  )
})
