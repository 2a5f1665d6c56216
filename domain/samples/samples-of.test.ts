import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { Looked, StackView } from '#domain/stack/stack-view.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { arbitraryNoon, arbitraryReadings } from '#domain/testing/arbitrary-readings.ts'
import { followAll } from '#domain/testing/follow.ts'
import { madeDatabase, madeHaproxy, madePooler, madePostgres } from '#domain/testing/stack-made.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { metrics, type Sample } from './metrics.ts'
import { samplesOf } from './samples-of.ts'
import type { Counters } from './sweep-seen.ts'

const noon = new Date('2026-11-25T12:00:03Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

function looked<T>(value: T, seenAt: Date): Looked<T> {
  return { value, seenAt, problem: null }
}

function stackOf(seenAt: Date, members: Record<string, Partial<StackView['members'][number]>>): StackView {
  return {
    takenAt: seenAt,
    members: Object.entries(members).map(([name, layers]) => ({ name, postgres: null, pooler: null, ...layers })),
    haproxy: null,
    etcd: null,
  }
}

function snapshotAt(at: Date, change: (world: World) => World = (world) => world): Snapshot {
  const [snapshot] = followAll(change(healthyWorld(at)))
  if (snapshot === undefined) throw new Error('There is no snapshot.')
  return snapshot
}

function valueOf(samples: readonly Sample[], metric: string, member: string | null = null): number | null | undefined {
  const sample = samples.find(({ subject }) => (subject.kind === 'member' ? subject.name : null) === member)
  return sample?.values[metrics[member === null ? 'cluster' : 'member'].findIndex(({ name }) => name === metric)]
}

test('a healthy cluster brings one sample of itself and one of each member, on the grid of all sweeps', () => {
  const { samples } = samplesOf({ snapshot: snapshotAt(noon), stack: null, before: null, now: noon })
  expect(samples.map(({ subject }) => subject)).toEqual([
    { kind: 'cluster' },
    ...['pg-node-1', 'pg-node-2', 'pg-node-3'].map((name) => ({ kind: 'member', name })),
  ])
  for (const { at, values, subject } of samples) {
    expect(at).toEqual(new Date('2026-11-25T12:00:00Z'))
    expect(values).toHaveLength(metrics[subject.kind].length)
  }
  expect(valueOf(samples, 'hasLeader')).toBe(1)
  expect(valueOf(samples, 'level')).toBe(0)
  expect(valueOf(samples, 'isLeader', 'pg-node-3')).toBe(1)
  expect(valueOf(samples, 'isLeader', 'pg-node-1')).toBe(0)
  expect(valueOf(samples, 'receiveLagBytes', 'pg-node-3')).toBeNull()
})

test('rates come with the second look, and not from another start of the server', () => {
  const first = samplesOf({
    snapshot: snapshotAt(noon),
    stack: stackOf(noon, { 'pg-node-3': { postgres: looked(busy(0), noon), pooler: looked(pooled(0), noon) } }),
    before: null,
    now: noon,
  })
  expect(valueOf(first.samples, 'commitsPerSecond', 'pg-node-3')).toBeNull()
  const next = (startedAt: Date | null) => {
    const later = after(10)
    const detail = { ...busy(500), ...(startedAt && { startedAt }) }
    return samplesOf({
      snapshot: snapshotAt(later),
      stack: stackOf(later, { 'pg-node-3': { postgres: looked(detail, later), pooler: looked(pooled(200), later) } }),
      before: first.counters,
      now: later,
    }).samples
  }
  expect(valueOf(next(null), 'commitsPerSecond', 'pg-node-3')).toBe(50)
  expect(valueOf(next(null), 'walBytesPerSecond', 'pg-node-3')).toBe(50)
  expect(valueOf(next(null), 'poolQueriesPerSecond', 'pg-node-3')).toBe(20)
  expect(valueOf(next(after(5)), 'commitsPerSecond', 'pg-node-3')).toBeNull()
})

function busy(count: number) {
  return madePostgres({ databases: [madeDatabase('app', { commitsTotal: 1_000 + count })], lsn: 1_000_000 + count })
}

function pooled(count: number) {
  const stats = { database: 'app', transactions: count, queries: count, receivedBytes: 0, sentBytes: 0 }
  const times = { transactionMicroseconds: 0, queryMicroseconds: 0, waitMicroseconds: 0, serverAssignments: null }
  return madePooler({ stats: [{ ...stats, ...times }] })
}

test('what was looked at more than two beats ago is not told', () => {
  const sample = (seconds: number) => {
    const now = after(seconds)
    const stack = stackOf(noon, {
      'pg-node-3': { postgres: looked(busy(0), noon), pooler: looked(madePooler(), noon) },
    })
    return samplesOf({ snapshot: snapshotAt(now), stack, before: null, now }).samples
  }
  for (const metric of ['clients', 'poolBusy']) {
    expect(valueOf(sample(20), metric, 'pg-node-3')).not.toBeNull()
    expect(valueOf(sample(21), metric, 'pg-node-3')).toBeNull()
  }
})

test('a pool is as busy as its limit says, and its limit of clients is told beside it', () => {
  const stack = stackOf(noon, { 'pg-node-1': { pooler: looked(madePooler(), noon) } })
  const { samples } = samplesOf({ snapshot: snapshotAt(noon), stack, before: null, now: noon })
  expect(valueOf(samples, 'poolBusy', 'pg-node-1')).toBe(0.25)
  expect(valueOf(samples, 'poolServersIdle', 'pg-node-1')).toBe(5)
  expect(valueOf(samples, 'poolClientUse', 'pg-node-1')).toBe(0.3)
})

test('a server of HAProxy is the member that it is by name or address', () => {
  const haproxy = madeHaproxy({ name: 'pg-node-1', sessions: 7 }, { name: 'elsewhere', sessions: 9 })
  const stack = { ...stackOf(noon, {}), haproxy: looked(haproxy, noon) }
  const { samples } = samplesOf({ snapshot: snapshotAt(noon), stack, before: null, now: noon })
  expect(valueOf(samples, 'haproxySessions', 'pg-node-1')).toBe(7)
  expect(valueOf(samples, 'haproxySessions', 'pg-node-2')).toBeNull()
  expect(valueOf(samples, 'haproxySessions')).toBe(4)
})

test('a replica that is cut off falls behind by the clock while the leader writes, and not while it is idle', () => {
  const lagAfter = (written: (seconds: number) => number) => {
    let before: Counters | null = null
    let lag: number | null | undefined
    for (let seconds = 0; seconds <= 60; seconds += 10) {
      const now = after(seconds)
      const world = { ...healthyWorld(now), optimeLsn: written(seconds) }
      const members = world.members.map((member) => ({
        ...member,
        lsn: member.name === 'pg-node-3' ? written(seconds) : written(0),
        replayedLsn: written(0),
      }))
      const standby = looked(madePostgres({ inRecovery: true, lsn: written(0) }), now)
      const leader = looked(madePostgres({ lsn: written(seconds) }), now)
      const stack = stackOf(now, { 'pg-node-1': { postgres: standby }, 'pg-node-3': { postgres: leader } })
      const taken = samplesOf({ snapshot: snapshotAt(now, () => ({ ...world, members })), stack, before, now })
      before = taken.counters
      lag = valueOf(taken.samples, 'replayLagSeconds', 'pg-node-1')
    }
    return lag
  }
  expect(lagAfter((seconds) => 1_000_000 + seconds * 5_000)).toBe(50)
  expect(lagAfter(() => 1_000_000)).toBe(0)
})

test('Postgres tells no lag in seconds once all is there; with bytes on their way it is unknown', () => {
  const sender = (name: string, bytes: number) => ({
    pid: 1,
    application: name,
    address: null,
    state: 'streaming',
    syncState: 'async',
    slot: null,
    sentLagBytes: bytes,
    writeLagBytes: bytes,
    flushLagBytes: bytes,
    replayLagBytes: bytes,
    writeLagSeconds: null,
    flushLagSeconds: null,
    replayLagSeconds: null,
    replyAgeSeconds: 1,
  })
  const senders = [sender('pg-node-1', 0), sender('pg-node-2', 8_000)]
  const stack = stackOf(noon, { 'pg-node-3': { postgres: looked(madePostgres({ senders }), noon) } })
  const { samples } = samplesOf({ snapshot: snapshotAt(noon), stack, before: null, now: noon })
  expect(valueOf(samples, 'writeLagSeconds', 'pg-node-1')).toBe(0)
  expect(valueOf(samples, 'writeLagSeconds', 'pg-node-2')).toBeNull()
  expect(valueOf(samples, 'writeLagSeconds', 'pg-node-3')).toBeNull()
})

test('a console that sees nothing tells nothing but that', () => {
  const { samples } = samplesOf({ snapshot: snapshotAt(noon), stack: null, before: null, now: after(120) })
  expect(samples.map(({ subject }) => subject)).toEqual([{ kind: 'cluster' }])
  expect(valueOf(samples, 'level')).toBe(4)
  expect(samples[0]?.values.filter((value) => value !== null)).toEqual([4])
})

const layerOf: Record<string, (name: string) => boolean> = {
  postgres: (name) =>
    /^(clients|connection|waiting|longest|commits|blocks|rows|checkpoint|database|walFolder|slot)/.test(name),
  pooler: (name) => name.startsWith('pool'),
  haproxy: (name) => name.startsWith('haproxy'),
}

test('whatever is read, no value is negative or without end, and an unseen layer has none', () => {
  fc.configureGlobal({ numRuns: 25 })
  fc.assert(
    fc.property(fc.array(arbitraryReadings, { minLength: 1, maxLength: 4 }), (list) => {
      let snapshot: Snapshot | null = null
      let before: Counters | null = null
      for (const [index, readings] of list.entries()) {
        const now = new Date(arbitraryNoon.getTime() + index * 10_000)
        snapshot = takeSnapshot(snapshot, readings, now)
        const taken = samplesOf({ snapshot, stack: null, before, now })
        before = taken.counters
        for (const { subject, values } of taken.samples) {
          const known = values.filter((value) => value !== null)
          expect(known.filter((value) => !(value >= 0 && value < Infinity))).toEqual([])
          if (subject.kind === 'cluster') continue
          for (const isOfLayer of Object.values(layerOf)) {
            const place = metrics.member.flatMap(({ name }, n) => (isOfLayer(name) ? [n] : []))
            expect(place.filter((n) => values[n] !== null)).toEqual([])
          }
        }
      }
    }),
  )
})
