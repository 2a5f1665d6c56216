import { describe, expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import type { ClusterReadings } from './readings.ts'
import { takeSnapshot } from './snapshot-of.ts'
import { afterTakeover, dead, withMember } from '#domain/testing/change.ts'
import { follow, memberIn } from '#domain/testing/follow.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { problem } from '#domain/testing/seen.ts'
import { baseLsn, healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)
const restOnly = (world: World): World => ({ ...world, etcd: 'none' })

describe('who leads', () => {
  test('is said by etcd while its keys are current, whatever the members believe', () => {
    const readings = readingsOf(healthyWorld(noon))
    const taken = afterTakeover(healthyWorld(noon), 3)
    const snapshot = takeSnapshot(null, { ...readings, etcd: readingsOf(taken).etcd }, noon)
    expect(snapshot.leader?.name).toBe('pg-node-1')
    expect(snapshot.leaderSource).toBe('etcd')
  })

  test('keys that have not changed for hours are current while quorum is proven', () => {
    const snapshot = takeSnapshot(null, withKeys(readingsOf(healthyWorld(noon)), ago(7200), null), noon)
    expect(snapshot.leaderSource).toBe('etcd')
    expect(snapshot.leaderSeenAt).toEqual(noon)
  })

  test('keys behind a broken watch are as old as the break, and the members are heard', () => {
    const trouble = problem({ problem: 'timeout', since: ago(60) }, noon, 'etcd did not answer.')
    const snapshot = takeSnapshot(null, withKeys(readingsOf(healthyWorld(noon)), ago(7200), trouble), noon)
    expect(snapshot.leaderSource).toBe('members')
    expect(snapshot.etcd?.keysSeenAt).toEqual(ago(60))
  })

  test('without etcd most members that still see the DCS decide', () => {
    const world = withMember(restOnly(afterTakeover(healthyWorld(noon), 5)), 'pg-node-3', {
      isolated: { leader: 'pg-node-3', last: ago(10) },
    })
    expect(follow(world).leader?.name).toBe('pg-node-1')
  })

  test('between two views that differ the one that saw the DCS last is believed', () => {
    const world = restOnly(afterTakeover(healthyWorld(noon), 5))
    const isolated = withMember(world, 'pg-node-3', { isolated: { leader: 'pg-node-3', last: ago(12) } })
    const readings = readingsOf(isolated)
    const two = { ...readings, members: readings.members.slice(1) }
    expect(takeSnapshot(null, two, noon).leader?.name).toBe('pg-node-1')
  })

  test('a single isolated member never decides', () => {
    const world = restOnly(healthyWorld(noon))
    const isolated = withMember(world, 'pg-node-3', { isolated: { leader: 'pg-node-3', last: ago(31) } })
    const snapshot = follow({ ...isolated, members: isolated.members.slice(2) })
    expect(snapshot.leader).toBeNull()
    expect(snapshot.leaderSource).toBe('none')
  })

  test('a single member that sees the DCS decides', () => {
    const world = restOnly(healthyWorld(noon))
    expect(follow({ ...world, members: world.members.slice(2) }).leader?.name).toBe('pg-node-3')
  })

  test('is kept as last seen, marked so, when nobody can say', () => {
    const blind = { ...healthyWorld(noon), etcd: { problem: 'timeout' as const, since: ago(40) } }
    const members = blind.members.map((member) => ({
      ...member,
      rest: { problem: 'timeout' as const, since: ago(40) },
    }))
    const snapshot = follow(healthyWorld(ago(42)), { ...blind, members })
    expect(snapshot).toMatchObject({ leader: { name: 'pg-node-3' }, leaderSource: 'none', leaderSeenAt: ago(42) })
  })
})

describe('the lead', () => {
  test('that was there when first seen has no known start but the one in the history', () => {
    expect(follow(healthyWorld(noon)).leader).toEqual({
      name: 'pg-node-3',
      since: null,
      historySince: secondsBefore(noon, 532_800),
    })
  })

  test('that moved under our eyes has a start, and the former leader is remembered', () => {
    const snapshot = follow(healthyWorld(ago(9)), afterTakeover(healthyWorld(noon), 5))
    expect(snapshot.leader?.since).toEqual(ago(5))
    expect(snapshot.formerLeader).toBe('pg-node-3')
  })

  test('is absent since the key went, through every look until it is back', () => {
    const absent = (at: Date): World => ({ ...healthyWorld(at), leader: null, leaderChangedAt: ago(10) })
    const snapshot = follow(healthyWorld(ago(12)), absent(ago(8)), absent(noon))
    expect(snapshot).toMatchObject({ leader: null, leaderlessSince: ago(10), formerLeader: 'pg-node-3' })
  })
})

describe('the roster', () => {
  test('keeps a member that has left the DCS, missing since it was not listed', () => {
    const gone = (at: Date): World => withMember(healthyWorld(at), 'pg-node-2', dead(ago(40), false))
    const member = memberIn(follow(healthyWorld(ago(42)), gone(ago(10)), gone(noon)), 'pg-node-2')
    expect(member).toMatchObject({ isListed: false, missingSince: ago(10), state: 'streaming' })
  })

  test('welcomes it back', () => {
    const gone = withMember(healthyWorld(ago(10)), 'pg-node-2', dead(ago(40), false))
    const member = memberIn(follow(gone, healthyWorld(noon)), 'pg-node-2')
    expect(member).toMatchObject({ isListed: true, missingSince: null, problem: null })
  })

  test('knows by its address a member that has not told its name', () => {
    const readings = readingsOf(healthyWorld(noon))
    const [first, ...others] = readings.members
    if (!first) throw new Error('A healthy world has members.')
    const unnamed = { ...first, name: 'http://10.0.1.10:8008' }
    const snapshot = takeSnapshot(null, { ...readings, members: [unnamed, ...others] }, noon)
    expect(snapshot.members.map(({ name }) => name)).toEqual(['pg-node-1', 'pg-node-2', 'pg-node-3'])
  })

  test('drops an address once it has a name, and does not call it missing', () => {
    const nameless: World = {
      ...restOnly(healthyWorld(ago(4))),
      wasEverSeen: false,
      members: healthyWorld(ago(4)).members.map((member) => ({
        ...member,
        rest: { problem: 'timeout', since: ago(6) },
      })),
    }
    const [first, second] = [follow(nameless), follow(nameless, healthyWorld(noon))]
    expect(first.members.map(({ name, missingSince }) => [name, missingSince])).toEqual([
      ['10.0.1.10:8008', null],
      ['10.0.1.11:8008', null],
      ['10.0.1.12:8008', null],
    ])
    expect(second.members.map(({ name }) => name)).toEqual(['pg-node-1', 'pg-node-2', 'pg-node-3'])
  })

  test('has a leader whose member key is gone', () => {
    const snapshot = follow(withMember(healthyWorld(noon), 'pg-node-3', { isListed: false }))
    expect(memberIn(snapshot, 'pg-node-3').role).toBe('leader')
  })
})

describe('lag', () => {
  test('is not what the leader wrote between the two looks', () => {
    const busy = (at: Date, seconds: number): World => ({
      ...healthyWorld(at),
      members: healthyWorld(at).members.map((member) => ({
        ...member,
        lsn: baseLsn + seconds * 20_000_000,
        replayedLsn: baseLsn + seconds * 20_000_000,
      })),
    })
    const previous = follow(busy(ago(2), 0))
    const readings = readingsOf(busy(noon, 2))
    const replica = readingsOf(busy(ago(1), 1)).members[0]
    if (!replica) throw new Error('A healthy world has members.')
    const snapshot = takeSnapshot(previous, { ...readings, members: [replica, ...readings.members.slice(1)] }, noon)
    expect(memberIn(snapshot, 'pg-node-1').receiveLag).toBe(0)
    const again = takeSnapshot(snapshot, { ...readings, members: [replica, ...readings.members.slice(1)] }, noon)
    expect(memberIn(again, 'pg-node-1').receiveLag).toBe(0)
  })

  test('is unknown across timelines, never 0', () => {
    const snapshot = follow(withMember(healthyWorld(noon), 'pg-node-2', { timeline: 3 }))
    expect(memberIn(snapshot, 'pg-node-2')).toMatchObject({ receiveLag: 'unknown', replayLag: 'unknown' })
  })

  test('of a member that runs no Postgres is unknown', () => {
    const snapshot = follow(withMember(healthyWorld(noon), 'pg-node-2', { postgres: null, state: 'start failed' }))
    expect(memberIn(snapshot, 'pg-node-2').receiveLag).toBe('unknown')
  })

  test('received and replayed are told apart', () => {
    const behind = { lsn: baseLsn - 1000, replayedLsn: baseLsn - 5000 }
    const member = memberIn(follow(withMember(healthyWorld(noon), 'pg-node-1', behind)), 'pg-node-1')
    expect(member).toMatchObject({ receiveLag: 1000, replayLag: 5000, lagObservedAt: noon })
  })

  test('is never below 0, even when a replica was read after its leader', () => {
    const snapshot = follow(withMember(healthyWorld(noon), 'pg-node-1', { lsn: baseLsn + 900, replayedLsn: baseLsn }))
    expect(memberIn(snapshot, 'pg-node-1').receiveLag).toBe(0)
  })

  test('of a member that does not answer is what the DCS says', () => {
    const silent = { rest: { problem: 'timeout' as const, since: ago(30) }, lsn: baseLsn - 70_000 }
    const member = memberIn(follow(withMember(healthyWorld(noon), 'pg-node-1', silent)), 'pg-node-1')
    expect(member).toMatchObject({ receiveLag: 70_000, replayLag: 'unknown' })
  })

  test('of the leader is none', () => {
    expect(memberIn(follow(healthyWorld(noon)), 'pg-node-3').receiveLag).toBeNull()
  })
})

describe('state', () => {
  const old = (world: World): World => ({
    ...world,
    members: world.members.map((member) => ({ ...member, patroniVersion: '3.0.2' })),
  })

  test('of a replica of Patroni 3.0.2 is known from its source', () => {
    expect(memberIn(follow(old(healthyWorld(noon))), 'pg-node-1')).toMatchObject({
      state: 'streaming',
      streamsFrom: 'pg-node-3',
    })
  })

  test('of such a replica outlasts a leader that cannot be asked', () => {
    const silent = withMember(old(healthyWorld(noon)), 'pg-node-3', { rest: { problem: 'timeout', since: ago(40) } })
    expect(memberIn(follow(old(healthyWorld(ago(42))), silent), 'pg-node-1').state).toBe('streaming')
  })

  test('of a member that was never heard is unknown', () => {
    const readings = readingsOf(restOnly(healthyWorld(noon)))
    const mute = { good: null, problem: null }
    const members = readings.members.map((member) => ({ ...member, status: mute, clusterView: mute, postgres: null }))
    const snapshot = takeSnapshot(null, { ...readings, members }, noon)
    expect(snapshot.members.map(({ state, role, isWritable }) => [state, role, isWritable])).toEqual(
      Array.from({ length: 3 }, () => ['unknown', 'unknown', null]),
    )
  })

  test('timelines told by the DCS late do not take back what the member itself said', () => {
    const world = afterTakeover(healthyWorld(noon), 5)
    const silent = withMember(world, 'pg-node-1', { rest: { problem: 'timeout', since: ago(2) } })
    const late = readingsOf(withMember(silent, 'pg-node-1', { timeline: 4 }))
    const own = readingsOf(silent).members[0]
    if (!own) throw new Error('A healthy world has members.')
    const snapshot = takeSnapshot(
      null,
      { ...late, members: [own, ...late.members.slice(1)] },
      new Date(noon.getTime() + 5000),
    )
    expect(memberIn(snapshot, 'pg-node-1').timeline).toBe(5)
  })
})

test('a pause lasts since it was first seen', () => {
  const paused = (at: Date): World => ({ ...healthyWorld(at), config: { ...healthyWorld(at).config, pause: true } })
  const seen = follow(healthyWorld(ago(30)), paused(ago(20)), paused(noon))
  expect(seen).toMatchObject({ pause: { since: ago(20) }, isPausedLonger: false })
  expect(follow(paused(ago(20)), paused(noon))).toMatchObject({ pause: { since: ago(20) }, isPausedLonger: true })
})

test('the same endpoint typed twice is one endpoint', () => {
  const readings = readingsOf(healthyWorld(noon))
  const etcd = readings.etcd
  if (!etcd) throw new Error('A healthy world has an etcd.')
  const twice = { ...readings, etcd: { ...etcd, endpoints: [...etcd.endpoints, ...etcd.endpoints] } }
  expect(takeSnapshot(null, twice, noon).etcd?.endpoints).toHaveLength(3)
})

function withKeys(
  readings: ClusterReadings,
  readAt: Date,
  trouble: NonNullable<ClusterReadings['etcd']>['keys']['problem'],
): ClusterReadings {
  const { etcd } = readings
  if (!etcd?.keys.good) throw new Error('A healthy world has an etcd.')
  return {
    ...readings,
    etcd: { ...etcd, keys: { good: { value: etcd.keys.good.value, observedAt: readAt }, problem: trouble } },
  }
}

test('what is older than the console is told to have lasted at least so long', () => {
  const paused = (at: Date): World => ({ ...healthyWorld(at), config: { ...healthyWorld(at).config, pause: true } })
  const leaderless = (at: Date): World => ({ ...paused(at), leader: null, leaderChangedAt: ago(20), haproxy: 'none' })
  const sentences = assess(follow(leaderless(ago(20)), leaderless(noon)), noon).findings.map(({ sentence }) => sentence)
  expect(sentences).toContainEqual(expect.stringMatching(/^Nobody has held the leader key for at least 20 s/))
  expect(sentences).toContainEqual(expect.stringMatching(/^Patroni has been paused for at least 20 s/))
})
