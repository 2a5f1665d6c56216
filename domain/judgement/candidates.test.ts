import { describe, expect, test } from 'vitest'
import type { Candidate } from './candidate.ts'
import { judgeCandidates } from './candidates.ts'
import { forecastOf } from './forecast-of.ts'
import { behindBy, dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { baseLsn, healthyWorld, secondsBefore, type World, type WorldMember } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)
const node1 = (change: Partial<WorldMember>): World => withMember(healthyWorld(noon), 'pg-node-1', change)
const judged = (world: World, purpose: 'failover' | 'switchover' = 'failover'): Candidate | undefined =>
  judgeCandidates(follow(world), noon, purpose).find(({ name }) => name === 'pg-node-1')

const synchronous = (world: World, mode: true | 'quorum', sync: string[]): World => ({
  ...world,
  sync,
  config: { ...world.config, synchronousMode: mode },
})

const newPatroni = (world: World): World => ({
  ...world,
  members: world.members.map((member) => ({ ...member, patroniVersion: '4.1.4' })),
})

test.each<[string, World, Candidate['code'], string]>([
  ['gone', node1(dead(ago(40), false)), 'missing', 'gone for 40 s'],
  ['silent', node1({ rest: { problem: 'refused', since: ago(40) } }), 'unreachable', 'no answer for 40 s'],
  ['stopped', node1({ postgres: null, state: 'stopped' }), 'not-running', 'Postgres is stopped'],
  ['tagged nofailover', node1({ tags: { nofailover: true } }), 'nofailover', 'may not lead: tag nofailover'],
  ['tagged "true" as text', node1({ tags: { nofailover: 'true' } }), 'nofailover', 'may not lead: tag nofailover'],
  ['of priority 0', node1({ tags: { failover_priority: 0 } }), 'nofailover', 'may not lead: tag failover_priority'],
  ['without watchdog', node1({ watchdogFailed: true }), 'watchdog-failed', 'its watchdog has failed'],
  ['on an old timeline', node1({ timeline: 3 }), 'timeline-behind', 'on timeline 3, the leader is on 4'],
  ['too far behind', node1(behindBy(2_000_000)), 'lag-too-high', '2 MB behind, 1 MB allowed'],
  ['of another cluster', node1({ systemIdentifier: '7' }), 'other-cluster', 'holds the data of another cluster'],
  [
    'not in /sync',
    synchronous(healthyWorld(noon), true, ['pg-node-2']),
    'not-synchronous',
    'not a synchronous standby',
  ],
])('a replica that is %s may not lead', (_, world, code, reason) => {
  expect(judged(world)).toMatchObject({ isFit: false, rank: null, code, reason })
})

test.each<[string, World]>([
  ['nofailover false', node1({ tags: { nofailover: false } })],
  ['a priority above 0', node1({ tags: { failover_priority: 2 } })],
  ['a lag within the limit', node1(behindBy(900_000))],
  ['a place in /sync', synchronous(healthyWorld(noon), true, ['pg-node-1'])],
  ['archive recovery, no stream', node1({ state: 'in archive recovery', streamsFrom: null })],
])('a replica with %s may lead', (_, world) => {
  expect(judged(world)).toMatchObject({ isFit: true, code: 'fit' })
})

test('where nobody leads, a replica waits for a former leader with newer WAL that answers and cannot take the lead', () => {
  const world = (change: Partial<WorldMember>): World => ({
    ...withMember(healthyWorld(noon), 'pg-node-3', {
      postgres: 'standby',
      isListed: false,
      lsn: baseLsn + 1,
      replayedLsn: baseLsn + 1,
      ...change,
    }),
    leader: null,
  })
  const code = (change: Partial<WorldMember>) => {
    const now = follow(healthyWorld(ago(40)), world(change))
    return judgeCandidates(now, noon, 'failover').find(({ name }) => name === 'pg-node-1')?.code
  }
  expect(code({})).toBe('former-ahead')
  expect(code({ lsn: baseLsn, replayedLsn: baseLsn }), 'as far').toBe('fit')
  expect(code({ isListed: true }), 'in the DCS').toBe('fit')
  expect(code({ rest: { problem: 'refused', since: ago(30) } }), 'silent').toBe('fit')
  expect(code({ tags: { nofailover: true } }), 'barred').toBe('fit')
  expect(code({ postgres: null, state: 'stopped' }), 'stopped').toBe('fit')
})

describe('in synchronous mode an election', () => {
  const leaderless = (world: World): World => ({
    ...withMember(world, 'pg-node-3', { postgres: 'standby', state: 'running' }),
    leader: null,
    leaderChangedAt: ago(5),
  })
  const fitIn = (world: World): string[] =>
    judgeCandidates(follow(healthyWorld(ago(60)), world), noon, 'failover')
      .filter(({ isFit }) => isFit)
      .map(({ name }) => name)

  test('also admits the former leader, and nobody else, when the DCS is back with no standby in /sync', () => {
    const world = { ...leaderless(synchronous(healthyWorld(noon), true, [])), syncLeader: 'pg-node-3' }
    expect(fitIn(world)).toEqual(['pg-node-3'])
  })

  test('admits all while /sync is empty', () => {
    const world = leaderless(synchronous(healthyWorld(noon), true, []))
    expect(fitIn(world)).toEqual(['pg-node-1', 'pg-node-2', 'pg-node-3'])
  })

  test('by quorum admits members outside /sync that enough voters answer', () => {
    const world = newPatroni(synchronous(healthyWorld(noon), 'quorum', ['pg-node-2']))
    const quorum = (needed: number) => {
      const snapshot = { ...follow(world), syncQuorum: needed }
      return judgeCandidates(snapshot, noon, 'failover').find(({ name }) => name === 'pg-node-1')?.code
    }
    expect(quorum(0)).toBe('fit')
    expect(quorum(1)).toBe('few-votes')
  })

  test('by quorum admits nobody while the other voters are known to be gone', () => {
    const world = newPatroni(synchronous(healthyWorld(noon), 'quorum', ['pg-node-1', 'pg-node-2']))
    const forecast = forecastOf(follow(world, withMember(world, 'pg-node-2', dead(ago(60), false))), noon)
    expect(forecast.candidates[0]).toMatchObject({ name: 'pg-node-1', code: 'few-votes' })
    expect(forecast.outcome).toBe('nobody')
  })

  test('by quorum is a free one before Patroni 4.0, which does not know that mode', () => {
    const world = synchronous(healthyWorld(noon), 'quorum', ['pg-node-2'])
    expect(fitIn(world)).toEqual(['pg-node-1', 'pg-node-2'])
  })
})

describe('for a switchover', () => {
  test('a replica that does not stream is unfit: the leader would wait for it in vain', () => {
    expect(judged(node1({ state: 'running', streamsFrom: null }), 'switchover')).toMatchObject({
      code: 'not-streaming',
    })
  })

  test.each([true, 'quorum'] as const)('in synchronous mode %s only a name in /sync is taken', (mode) => {
    const world = newPatroni(synchronous(healthyWorld(noon), mode, ['pg-node-2']))
    expect(judged(world, 'switchover')?.code).toBe('not-synchronous')
    expect(judged({ ...world, sync: ['PG-node-1'] }, 'switchover')?.isFit).toBe(true)
  })

  test('the leader is listed as what it is', () => {
    const leader = judgeCandidates(follow(healthyWorld(noon)), noon, 'switchover').find(
      ({ name }) => name === 'pg-node-3',
    )
    expect(leader).toMatchObject({ isFit: false, code: 'is-leader', reason: 'leads now' })
  })
})

describe('among the fit', () => {
  test('the newest WAL comes first', () => {
    const list = judgeCandidates(follow(node1(behindBy(100_000))), noon, 'failover')
    expect(list.map(({ name, rank, reason }) => [name, rank, reason])).toEqual([
      ['pg-node-2', 1, 'first: newest WAL, 0 B behind'],
      ['pg-node-1', 2, 'second: 100 kB behind'],
    ])
  })

  test('the newest WAL comes first also where the election would admit both', () => {
    const ahead = { ...withMember(healthyWorld(noon), 'pg-node-3', { lsn: baseLsn + 29_000_000 }), optimeLsn: baseLsn }
    const world = withMember(ahead, 'pg-node-2', { lsn: baseLsn + 3_000_000 })
    expect(forecastOf(follow(world), noon)).toMatchObject({ nextLeader: 'pg-node-2', lostBytes: 26_000_000 })
  })

  test('less than a page apart they are level', () => {
    const list = judgeCandidates(follow(node1(behindBy(1200))), noon, 'failover')
    expect(list.map(({ name, rank }) => [name, rank])).toEqual([
      ['pg-node-1', 1],
      ['pg-node-2', 1],
    ])
  })

  test('the level ones are told apart by failover_priority', () => {
    const world = withMember(node1({ tags: { failover_priority: 1 } }), 'pg-node-2', { tags: { failover_priority: 2 } })
    expect(judgeCandidates(follow(world), noon, 'failover').map(({ name }) => name)).toEqual(['pg-node-2', 'pg-node-1'])
  })
})

describe('the election', () => {
  test('measures lag against what the leader last published, not what it wrote since', () => {
    const world = { ...withMember(healthyWorld(noon), 'pg-node-3', { lsn: baseLsn + 5_000_000 }), optimeLsn: baseLsn }
    expect(judged(world)).toMatchObject({ isFit: true, lagBytes: 5_000_000 })
  })

  test('names the loss, with its member', () => {
    const world = { ...withMember(healthyWorld(noon), 'pg-node-3', { lsn: baseLsn + 5_000_000 }), optimeLsn: baseLsn }
    const forecast = forecastOf(follow(withMember(world, 'pg-node-2', dead(ago(60), false))), noon)
    expect(forecast).toMatchObject({ nextLeader: 'pg-node-1', lostBytes: 5_000_000 })
    expect(forecast.sentence).toBe('pg-node-1 would lead in about 30 s, with up to 5 MB lost.')
  })

  test('puts no number on the few bytes between two looks', () => {
    const world = { ...withMember(healthyWorld(noon), 'pg-node-3', { lsn: baseLsn + 45 }), optimeLsn: baseLsn }
    const forecast = forecastOf(follow(world), noon)
    expect(forecast.lostBytes).toBe(45)
    expect(forecast.sentence).toBe('pg-node-1 or pg-node-2 would lead in about 30 s, with next to nothing lost.')
  })

  test('loses nothing in synchronous mode', () => {
    const world = synchronous(node1(behindBy(500_000)), true, ['pg-node-1'])
    expect(forecastOf(follow(world), noon)).toMatchObject({ nextLeader: 'pg-node-1', lostBytes: 0 })
  })

  test('takes from the end of the lease to its start and a promotion more', () => {
    expect(forecastOf(follow(healthyWorld(noon)), noon).outageSeconds).toEqual({ from: 20, to: 34 })
  })

  test('between replicas that are level is open', () => {
    const forecast = forecastOf(follow(healthyWorld(noon)), noon)
    expect(forecast.nextLeader).toBeNull()
    expect(forecast.sentence).toBe('pg-node-1 or pg-node-2 would lead in about 30 s, with 0 bytes lost.')
  })

  test('cannot be foretold where the only replica is hidden from the console alone', () => {
    const hidden = withMember(
      node1({ rest: { problem: 'timeout', since: ago(40) } }),
      'pg-node-2',
      dead(ago(60), false),
    )
    expect(forecastOf(follow(hidden), noon).outcome).toBe('unsure')
  })
})
