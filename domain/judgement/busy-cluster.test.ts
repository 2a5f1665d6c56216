import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assess } from './assess.ts'
import { lossOf } from './candidate-fitness.ts'
import { watch, type BusyCluster } from '#domain/testing/busy-cluster.ts'
import { baseLsn } from '#domain/testing/world.ts'

const start = new Date('2026-11-23T12:00:00.000Z')

/** Writing from 5 to 20 MB/s over any two seconds, most of it in one burst of half a second. */
function burstyWrites(fractions: readonly number[]): (ms: number) => number {
  const stepMs = 500
  const sums = [0]
  for (let step = 0; step < 800; step++) {
    const fraction = fractions[Math.floor(step / 4) % fractions.length] ?? 0
    const isBurst = step % 4 === Math.floor(fraction * 4)
    sums.push((sums.at(-1) ?? 0) + (isBurst ? 10_000_000 + fraction * 28_000_000 : 500_000))
  }
  return (ms) => {
    const step = Math.max(0, Math.floor(ms / stepMs))
    const before = sums[step] ?? 0
    const after = sums[step + 1] ?? before
    return Math.round(baseLsn + before + ((after - before) * Math.max(0, ms - step * stepMs)) / stepMs)
  }
}

const fraction = fc.double({ min: 0, max: 0.99, noNaN: true })
const cluster = fc.record({
  fractions: fc.array(fraction, { minLength: 17, maxLength: 40 }),
  phases: fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 0, max: 1990 }))),
  jitters: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 13 }),
  etcd: fc.constantFrom('up' as const, 'none' as const),
})

type Drawn = typeof cluster extends fc.Arbitrary<infer T> ? T : never

/** A failure is told as it was drawn: to shrink it takes longer than to read it. */
const runs = { numRuns: 4, endOnFailure: true }

function busy(
  drawn: Drawn,
  held: (written: (ms: number) => number, ms: number) => number,
  seconds: number,
): BusyCluster {
  const written = burstyWrites(drawn.fractions)
  let looks = 0
  const [first, second, third] = drawn.phases
  return {
    written,
    held: (name, ms) => (name === 'pg-node-1' ? held(written, ms) : written(ms - 5)),
    seconds,
    phases: { 'pg-node-1': first ?? 0, 'pg-node-2': second ?? 0, 'pg-node-3': third ?? 0 },
    jitter: () => drawn.jitters[looks++ % drawn.jitters.length] ?? 0,
    etcd: drawn.etcd,
  }
}

describe('a cluster that writes 5 to 20 MB/s in bursts', () => {
  test('tells nothing of replicas that are 5 ms behind', () => {
    fc.assert(
      fc.property(cluster, (drawn) => {
        const { events } = watch(
          busy(drawn, (written, ms) => written(ms - 5), 300),
          start,
        )
        expect(events.map(({ sentence }) => sentence)).toEqual([])
      }),
      runs,
    )
  }, 60_000)

  test('tells of a replica that stands still within 15 s, once, and that it caught up, once', () => {
    fc.assert(
      fc.property(cluster, (drawn) => {
        const held = (written: (ms: number) => number, ms: number) =>
          written(ms < 60_000 || ms > 120_000 ? ms - 5 : 60_000)
        const { events } = watch(busy(drawn, held, 180), start)
        const ofLag = events.filter(({ kind }) => kind !== 'verdict-changed')
        expect(ofLag.map(({ kind }) => kind)).toEqual(['replica-lagging', 'replica-caught-up'])
        expect(ofLag[0]?.afterMs).toBeLessThanOrEqual(75_000)
        expect(ofLag[1]?.afterMs).toBeLessThanOrEqual(136_000)
        expect(events.filter(({ kind }) => kind === 'verdict-changed').map(({ to }) => to)).toEqual([
          'degraded',
          'healthy',
        ])
      }),
      runs,
    )
  }, 60_000)

  test('tells of a replica that stays 5 s of writing behind', () => {
    fc.assert(
      fc.property(cluster, (drawn) => {
        const { events } = watch(
          busy(drawn, (written, ms) => written(ms < 60_000 ? ms - 5 : Math.max(60_000, ms - 5000)), 180),
          start,
        )
        const ofLag = events.filter(({ kind }) => kind !== 'verdict-changed')
        expect(ofLag.map(({ kind }) => kind)).toEqual(['replica-lagging'])
        expect(ofLag[0]?.afterMs).toBeLessThanOrEqual(76_000)
      }),
      runs,
    )
  }, 60_000)

  test('is told between what is proven and what is possible', () => {
    fc.assert(
      fc.property(cluster, (drawn) => {
        const written = burstyWrites(drawn.fractions)
        const { snapshots } = watch(
          busy(drawn, (_, ms) => written(ms - 400), 60),
          start,
        )
        for (const snapshot of snapshots.slice(2)) {
          const [replica, , leader] = snapshot.members
          if (!leader?.seenAt || !replica?.seenAt) throw new Error('Both were looked at.')
          const readMs = replica.seenAt.getTime() - start.getTime()
          const behind = written(readMs) - written(readMs - 400)
          // Looks at the leader and at the replica that are this close to each other count as one moment.
          const sameMomentMs = 50
          expect(replica.receiveLag).toBeLessThanOrEqual(written(readMs + sameMomentMs) - written(readMs - 400))
          // What the leader wrote after its newest look can only be guessed.
          const isGuess = replica.seenAt > leader.seenAt
          expect(lossOf(replica, snapshot)).toBeGreaterThanOrEqual(isGuess ? 0 : behind)
        }
      }),
      runs,
    )
  }, 60_000)

  test('is not promised to lose nothing', () => {
    const { snapshots } = watch(
      busy({ fractions: [0.4], phases: [500, 600, 0], jitters: [0], etcd: 'up' }, (written, ms) => written(ms - 5), 60),
      start,
    )
    for (const snapshot of snapshots.slice(3)) {
      expect(assess(snapshot, snapshot.takenAt).forecast.lostBytes).toBeGreaterThan(1_000_000)
    }
  })
})
