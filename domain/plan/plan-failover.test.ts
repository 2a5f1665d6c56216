import { describe, expect, test } from 'vitest'
import type { FailoverPlan } from './failover-plan.ts'
import { planFailover, whyNoFailover } from './plan-failover.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { behindBy, dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { baseLsn, healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)
const before = healthyWorld(ago(120))

/** Paused, the leader's machine dead for 90 s and its lease ended: nobody takes over. */
function leaderless(change: Partial<World> = {}): World {
  const world = withMember(healthyWorld(noon), 'pg-node-3', dead(ago(90), false))
  const orphans = ['pg-node-1', 'pg-node-2'].reduce(
    (all, name) => withMember(all, name, { state: 'running', streamsFrom: null }),
    world,
  )
  return {
    ...orphans,
    leader: null,
    leaderChangedAt: ago(60),
    config: { ...world.config, pause: true },
    haproxy: { primary: [], replicas: ['pg-node-1', 'pg-node-2'] },
    ...change,
  }
}

const awake = (world: World): World => ({ ...world, config: { ...world.config, pause: false } })

function plan(world: World, candidate: string | null = 'pg-node-1'): FailoverPlan {
  return planFailover(seen(world), { candidate, now: noon })
}

/** The leader was lost a minute ago, and that was seen. */
function seen(world: World): Snapshot {
  return follow(before, ...(world.leader === null ? [{ ...world, at: ago(60) }] : []), world)
}

describe('a failover that may be done', () => {
  test('names who led last, the timeline then, and what will happen in order', () => {
    expect(plan(leaderless())).toMatchObject({
      kind: 'failover',
      leader: '',
      formerLeader: 'pg-node-3',
      candidate: 'pg-node-1',
      timeline: 4,
      blockers: [],
      sentences: [
        'Matriarch asks Patroni on pg-node-1 to take the lead: pg-node-1 writes the request into the DCS and takes the leader key.',
        'pg-node-1 is promoted as it is and takes writes on a new timeline; what it does not hold is lost.',
        'pg-node-2 follows pg-node-1.',
        'pg-node-3 comes back as a replica of pg-node-1 once its Patroni runs; what it alone holds is thrown away then. Copy its data directory before, if that is wanted.',
        'Matriarch then checks that pg-node-1 holds the leader key and alone takes writes.',
      ],
    })
  })

  test('tells what of the loss is known and what is not', () => {
    expect(plan(leaderless()).loss).toEqual({
      bytes: 0,
      isNothing: false,
      sentence:
        'pg-node-1 holds all that is known: WAL up to 0/B0001B8. What pg-node-3 wrote after that and no replica received is lost too; how much that is cannot be said. It was last seen to take writes at 2026-11-23 11:58:28 UTC.',
    })
    const short = plan(withMember(leaderless(), 'pg-node-1', behindBy(5_000_000)))
    expect(short.loss).toMatchObject({ bytes: 5_000_000, isNothing: false })
    expect(short.warnings[0]).toMatch(
      /^At least 5 MB will be lost: pg-node-1 holds WAL up to 0\/\w+, and the last position known of pg-node-3 is 0\/\w+\. /,
    )
    expect(short.blockers).toEqual([])
  })

  test('says so where the loss cannot be said', () => {
    const { loss, blockers, candidates } = plan(withMember(leaderless(), 'pg-node-1', { timeline: 3 }))
    expect(loss).toEqual({
      bytes: null,
      isNothing: false,
      sentence:
        'What will be lost cannot be said in bytes: pg-node-1 is on timeline 3, and all that was written on timeline 4 is lost.',
    })
    expect(blockers).toEqual([])
    expect(candidates.find(({ name }) => name === 'pg-node-1')?.reason).toBe(
      'how far behind cannot be said, on timeline 3, the cluster was on 4',
    )
  })

  test('tells who holds more, and that Patroni would not elect who is named', () => {
    const { warnings, candidates } = plan(withMember(leaderless(), 'pg-node-1', behindBy(5_000_000)))
    expect(warnings).toContain(
      'pg-node-2 holds 5 MB more than pg-node-1: with it less would be lost, and otherwise it has to be rewound or copied anew.',
    )
    expect(warnings).toContain(
      'Patroni would not elect pg-node-1 by itself: it is more than maximum_lag_on_failover (1 MB) behind.',
    )
    expect(candidates.map(({ name, isFit, reason }) => [name, isFit, reason])).toEqual([
      ['pg-node-2', true, '0 B behind the last known position, timeline 4'],
      ['pg-node-1', true, '5 MB behind the last known position, over the limit of 1 MB, timeline 4'],
      ['pg-node-3', false, 'gone for 1 min'],
    ])
  })

  test('warns of a former leader that may write unseen', () => {
    const cut = leaderless({ hasSql: false })
    const unseen = withMember(cut, 'pg-node-3', { rest: { problem: 'timeout', since: ago(90) } })
    expect(plan(unseen).warnings).toContain(
      'Split brain: whether pg-node-3 still takes writes cannot be seen, for it has not answered for 1 min. Patroni is paused, so nobody stops it. Make sure that its machine or its Postgres is off, or that no client reaches it: two members that take writes cannot be joined again.',
    )
    // Where nothing listens for SQL any more, that is known.
    expect(plan(leaderless()).warnings.filter((warning) => warning.startsWith('Split brain'))).toEqual([])
  })

  test('warns of a member outside the synchronous ones, and of one inside says that nothing confirmed is lost', () => {
    const config = { ...healthyWorld(noon).config, pause: true, synchronousMode: true as const }
    const sync = leaderless({ config, sync: ['pg-node-2'], syncLeader: 'pg-node-3' })
    const outside = plan(sync)
    expect(outside.blockers).toEqual([])
    expect(outside.warnings).toContain(
      'pg-node-1 is not a synchronous standby: transactions that were confirmed to clients may be lost, which synchronous mode is there to prevent.',
    )
    expect(plan(sync, 'pg-node-2').loss).toMatchObject({
      isNothing: true,
      sentence: 'Nothing that was confirmed to a client is lost: pg-node-2 is a synchronous standby.',
    })
  })

  test('says that Patroni may elect by itself where it is not paused', () => {
    expect(plan(awake(leaderless())).warnings).toContain(
      'Patroni is not paused, and pg-node-1 or pg-node-2 could take the lead by itself at any moment, normally within seconds.',
    )
    const lagging = ['pg-node-1', 'pg-node-2'].reduce(
      (world, name) => withMember(world, name, behindBy(9_000_000)),
      awake(leaderless({ optimeLsn: baseLsn })),
    )
    const none = plan(lagging)
    expect(none.blockers).toEqual([])
    expect(none.warnings.some((warning) => warning.startsWith('Patroni is not paused'))).toBe(false)
  })

  test('asks a leader that holds the key without its Postgres to give it up', () => {
    const crashed = withMember(healthyWorld(noon), 'pg-node-3', {
      state: 'start failed',
      postgres: null,
      sql: { problem: 'refused', since: ago(90) },
    })
    const { leader, blockers, warnings, sentences } = plan(crashed)
    expect([leader, blockers]).toEqual(['pg-node-3', []])
    expect(warnings).toContain(
      'pg-node-3 still holds the leader key: its Patroni carries this out, stops its Postgres, and may refuse. Its log then says why.',
    )
    expect(sentences[0]).toBe(
      'Matriarch asks Patroni on pg-node-3 to give up the lead to pg-node-1; pg-node-3 stops its Postgres.',
    )
    expect(plan(withMember(crashed, 'pg-node-1', behindBy(5_000_000))).blockers).toEqual([
      'pg-node-1 cannot take the lead: pg-node-1 is 5 MB behind. Patroni on pg-node-3 would refuse.',
    ])
  })
})

const writes = { rest: { problem: 'refused', since: ago(90) }, sql: null, postgres: 'primary' } as const

test.each<[string, World, string | null, string]>([
  [
    'while the leader works',
    healthyWorld(noon),
    'pg-node-1',
    'pg-node-3 leads and works, so a failover is not what is needed: switch over instead, which loses nothing.',
  ],
  ['to nobody', leaderless(), null, 'Say which member shall lead.'],
  ['to nobody known', leaderless(), 'pg-node-9', 'This cluster has no member called pg-node-9.'],
  ['to a dead member', leaderless(), 'pg-node-3', 'pg-node-3 cannot take the lead: pg-node-3 has been gone for 1 min.'],
  [
    'to a member that may not lead',
    withMember(leaderless(), 'pg-node-1', { tags: { nofailover: true } }),
    'pg-node-1',
    'pg-node-1 cannot take the lead: pg-node-1 may not lead (tag nofailover).',
  ],
  [
    'while somebody writes without the key',
    withMember(leaderless(), 'pg-node-3', writes),
    'pg-node-1',
    'pg-node-3 takes writes although nobody holds the leader key: another leader would make two members that take writes. Stop its Postgres first, or start its Patroni, which takes the key again.',
  ],
  [
    'before the lease has ended',
    withMember(healthyWorld(noon), 'pg-node-3', dead(ago(10), true)),
    'pg-node-1',
    'pg-node-3 does not answer, but it holds the lead until its lease ends, 2026-11-23 12:00:20 UTC at the latest. Wait for that: then Patroni elects, and if nobody takes the lead, fail over.',
  ],
  [
    'while etcd has no quorum',
    { ...leaderless(), etcd: 'no-quorum', membersLostDcsAt: ago(11) },
    'pg-node-1',
    'The lead cannot move: etcd has no quorum, and without it nobody can be elected.',
  ],
])('a failover %s is refused', (_, world, candidate, blocker) => {
  expect(plan(world, candidate).blockers).toContain(blocker)
})

test('a plan made from an old snapshot is refused', () => {
  const { blockers } = planFailover(follow(healthyWorld(ago(10))), { candidate: 'pg-node-1', now: noon })
  expect(blockers).toEqual([
    'Matriarch does not see the cluster well enough to act. Last seen 10 s ago: pg-node-3 led.',
  ])
})

test('where nobody leads a failover is offered, and where somebody works the reason why not is told', () => {
  expect(whyNoFailover(seen(leaderless()), noon)).toBeNull()
  expect(whyNoFailover(follow(before, healthyWorld(noon)), noon)).toMatch(/switch over instead/)
  const barred = ['pg-node-1', 'pg-node-2'].reduce(
    (world, name) => withMember(world, name, { tags: { nofailover: true } }),
    leaderless(),
  )
  expect(whyNoFailover(seen(barred), noon)).toBe(
    'No member can take the lead: pg-node-1 may not lead (tag nofailover), pg-node-2 may not lead (tag nofailover), pg-node-3 has been gone for 1 min.',
  )
})

test('who has followed to a standby cluster loses nothing', () => {
  const standby = leaderless({ config: { ...healthyWorld(noon).config, pause: true, standbyCluster: true } })
  expect(plan(standby).loss).toMatchObject({ isNothing: true, sentence: expect.stringContaining('takes no writes') })
})
