import { describe, expect, test } from 'vitest'
import { planSwitchover } from './plan-switchover.ts'
import type { SwitchoverWish } from './plan-switchover/planning.ts'
import type { SwitchoverPlan } from './switchover-plan.ts'
import { behindBy, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const tonight = new Date('2026-11-24T02:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)

function plan(world: World, wish: Partial<SwitchoverWish> = {}): SwitchoverPlan {
  const asked = { kind: 'switchover' as const, candidate: 'pg-node-1', scheduledAt: null, now: noon, ...wish }
  return planSwitchover(follow(healthyWorld(ago(120)), world), asked)
}

const paused = (world: World): World => ({ ...world, config: { ...world.config, pause: true } })
const scheduled = (world: World): World => ({
  ...world,
  scheduledSwitchover: { at: tonight, from: 'pg-node-3', to: 'pg-node-1' },
})

describe('a switchover that may be done', () => {
  test('says what will happen, in order', () => {
    expect(plan(healthyWorld(noon))).toMatchObject({
      leader: 'pg-node-3',
      timeline: 4,
      systemIdentifier: '7711258502852368380',
      blockers: [],
      warnings: [],
      sentences: [
        'Matriarch asks pg-node-3 to hand the lead to pg-node-1.',
        'pg-node-3 finishes what it is writing, stops its Postgres and closes all connections to it. Running transactions on it are rolled back.',
        'pg-node-1 is promoted and takes writes on a new timeline; clients have to connect again.',
        'pg-node-3 comes back as a replica, and pg-node-2 follows pg-node-1.',
        'Matriarch then checks that the new leader takes writes and that every replica follows it.',
      ],
    })
  })

  test('adds up the interruption from its parts', () => {
    expect(plan(healthyWorld(noon)).interruption).toMatchObject({ fromMs: 2400, toMs: 14_000 })
    const bare: World = { ...healthyWorld(noon), haproxy: 'none' }
    expect(plan(bare).interruption).toMatchObject({ fromMs: 2400, toMs: 5000 })
    expect(plan(withMember(bare, 'pg-node-3', { patroniVersion: '3.0.2' })).interruption).toMatchObject({
      fromMs: 1400,
      toMs: 4000,
    })
  })

  test('interrupts no writes where there are none', () => {
    const { config, members, ...rest } = healthyWorld(noon)
    const standby: World = {
      ...rest,
      config: { ...config, standbyCluster: true },
      members: members.map((member) => ({ ...member, postgres: 'standby' })),
    }
    const now = plan(standby)
    expect(now.interruption).toEqual({
      fromMs: 0,
      toMs: 0,
      reasons: ['A standby cluster takes no writes, so none are interrupted.'],
    })
    expect(now.sentences[1]).toBe(
      'pg-node-3 stops its Postgres; replication from the other site pauses. A standby cluster takes no writes, so none are interrupted.',
    )
    const later = plan(standby, { kind: 'schedule-switchover', scheduledAt: tonight })
    expect(later.sentences[1]).toBe(
      'At that time pg-node-3 hands the lead to pg-node-1; replication from the other site pauses, and no writes are interrupted, for a standby cluster takes none.',
    )
    const leaderless = plan({ ...healthyWorld(noon), leader: null, leaderChangedAt: ago(30) })
    expect(leaderless.interruption).toMatchObject({ fromMs: 0, toMs: 0, reasons: [expect.stringContaining('Nobody')] })
  })

  test('without a name leaves the choice to Patroni', () => {
    const { blockers, sentences } = plan(healthyWorld(noon), { candidate: null })
    expect(blockers).toEqual([])
    expect(sentences[0]).toBe('Matriarch asks pg-node-3 to hand the lead to the replica Patroni chooses.')
  })

  test('warns of what it will break', () => {
    const busy = withMember(healthyWorld(noon), 'pg-node-3', { longestTransactionSeconds: 520, backupRunning: true })
    expect(plan(busy).warnings).toEqual([
      'A transaction of reporting has been open on pg-node-3 for 8 min 40 s (pid 4711). It will be rolled back.',
      'A backup is running from pg-node-3. It will fail and has to be started again.',
    ])
  })

  test('warns of members that will be left behind', () => {
    const lame = withMember(healthyWorld(noon), 'pg-node-2', behindBy(5_000_000))
    expect(plan(lame).warnings).toEqual(['pg-node-2 is 5 MB behind, so it may not follow the new leader.'])
  })

  test('promises nothing of a member that follows nobody', () => {
    const lame = { timeline: 3, state: 'running', streamsFrom: null } as const
    const gone = { isListed: false, rest: { problem: 'refused', since: ago(90) }, streamsFrom: null } as const
    for (const change of [lame, gone]) {
      expect(plan(withMember(healthyWorld(noon), 'pg-node-2', change)).sentences.slice(-3)).toEqual([
        'pg-node-3 comes back as a replica of pg-node-1.',
        'pg-node-2 does not follow pg-node-3 now, and Matriarch does not wait for it.',
        'Matriarch then checks that the new leader takes writes and that every replica that follows now follows it as well.',
      ])
    }
  })

  test('in a pause is possible to a named member', () => {
    expect(plan(paused(healthyWorld(noon)))).toMatchObject({
      blockers: [],
      warnings: ['Patroni is paused: if the new leader failed, nobody would take over by itself.'],
    })
  })
})

test.each<[string, World, Partial<SwitchoverWish>, string]>([
  ['to the leader', healthyWorld(noon), { candidate: 'pg-node-3' }, 'pg-node-3 leads already.'],
  ['to nobody known', healthyWorld(noon), { candidate: 'pg-node-9' }, 'This cluster has no member called pg-node-9.'],
  [
    'to a lagging member',
    withMember(healthyWorld(noon), 'pg-node-1', behindBy(212_000_000)),
    {},
    'pg-node-1 cannot take the lead: pg-node-1 is 212 MB behind.',
  ],
  [
    'unnamed in a pause',
    paused(healthyWorld(noon)),
    { candidate: null },
    'Patroni is paused: while it is, the new leader must be named.',
  ],
  [
    'scheduled in a pause',
    paused(healthyWorld(noon)),
    { kind: 'schedule-switchover', scheduledAt: tonight },
    'Patroni is paused, and it schedules nothing while paused. Resume it first.',
  ],
  [
    'scheduled for the past',
    healthyWorld(noon),
    { kind: 'schedule-switchover', scheduledAt: ago(3600) },
    '2026-11-23 11:00:00 UTC was 1 h ago. The time must lie ahead.',
  ],
  [
    'scheduled for no time',
    healthyWorld(noon),
    { kind: 'schedule-switchover' },
    'Say when: a scheduled switchover needs a time.',
  ],
  [
    'scheduled twice',
    scheduled(healthyWorld(noon)),
    { kind: 'schedule-switchover', scheduledAt: tonight },
    'A switchover is scheduled already, for 2026-11-24 02:00:00 UTC. Cancel that one first.',
  ],
  [
    'cancelled though none is scheduled',
    healthyWorld(noon),
    { kind: 'cancel-scheduled-switchover', candidate: null },
    'No switchover is scheduled, so there is none to cancel.',
  ],
  [
    'cancelled that another one has replaced',
    scheduled(healthyWorld(noon)),
    { kind: 'cancel-scheduled-switchover', candidate: 'pg-node-2', scheduledAt: tonight },
    'A switchover to pg-node-1 for 2026-11-24 02:00:00 UTC is scheduled by now instead of a switchover to pg-node-2 for 2026-11-24 02:00:00 UTC. Look at it before you cancel it.',
  ],
  [
    'cancelled while nobody leads',
    scheduled({ ...healthyWorld(noon), leader: null, leaderChangedAt: ago(30) }),
    { kind: 'cancel-scheduled-switchover', candidate: null },
    'Nobody leads, so nobody can take the cancellation, and nothing runs meanwhile. Patroni drops the schedule by itself if another member than pg-node-3 leads next; otherwise cancel it then.',
  ],
  [
    'without a leader',
    { ...healthyWorld(noon), leader: null, leaderChangedAt: ago(30) },
    {},
    'Nobody leads, so nobody can hand over. Only a failover to a named member can help.',
  ],
  [
    'of a leader that does not answer',
    withMember(healthyWorld(noon), 'pg-node-3', { rest: { problem: 'timeout', since: ago(90) } }),
    {},
    'Patroni on the leader pg-node-3 does not answer, and only the leader can hand over.',
  ],
  [
    'while etcd has no quorum',
    { ...healthyWorld(noon), etcd: 'no-quorum', membersLostDcsAt: ago(11) },
    {},
    'The lead cannot move: etcd has no quorum, and without it nobody can be elected.',
  ],
])('a switchover %s is refused', (_, world, wish, blocker) => {
  expect(plan(world, wish).blockers).toContain(blocker)
})

test('a plan made from an old snapshot is refused', () => {
  const snapshot = follow(healthyWorld(ago(10)))
  const { blockers } = planSwitchover(snapshot, { kind: 'switchover', candidate: null, scheduledAt: null, now: noon })
  expect(blockers).toEqual([
    'Matriarch does not see the cluster well enough to act. Last seen 10 s ago: pg-node-3 led.',
  ])
})

test('a schedule to be cancelled is named', () => {
  const cancel = plan(scheduled(healthyWorld(noon)), { kind: 'cancel-scheduled-switchover', candidate: null })
  expect(cancel).toMatchObject({ blockers: [], warnings: [], interruption: { fromMs: 0, toMs: 0 } })
  expect(cancel).toMatchObject({ candidate: 'pg-node-1', scheduledAt: tonight })
  expect(cancel.sentences[0]).toBe('The switchover to pg-node-1 scheduled for 2026-11-24 02:00:00 UTC is taken back.')
})
