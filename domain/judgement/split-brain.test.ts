import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MemberReadings } from '#domain/snapshot/readings.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { strayWriter, writersAtOnce } from './split-brain.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { afterTakeover, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)

/** A snapshot at noon in which two members were found writable, first and last that many seconds ago. */
function writers(old: [since: number, seen: number], young: [since: number, seen: number], keyMovedAgo = 3): Snapshot {
  const snapshot = follow(healthyWorld(ago(60)), afterTakeover(healthyWorld(noon), keyMovedAgo))
  const times = new Map([
    ['pg-node-3', old],
    ['pg-node-1', young],
  ])
  return {
    ...snapshot,
    members: snapshot.members.map((member) => {
      const [since, seen] = times.get(member.name) ?? []
      return since === undefined || seen === undefined
        ? member
        : { ...member, isWritable: true, writableSince: ago(since), writableSeenAt: ago(seen) }
    }),
  }
}

describe('two members found writable', () => {
  test('one after the other are a switchover, not a split brain', () => {
    expect(writersAtOnce(writers([3600, 2.5], [2, 0]), noon)).toEqual([])
  })

  test('in answers that came at the same moment are not one yet: one of them may be late', () => {
    expect(writersAtOnce(writers([3600, 0], [0, 0]), noon)).toEqual([])
    expect(writersAtOnce(writers([3600, 1.1], [2, 0]), noon)).toEqual([])
  })

  test('the old one again a second after the new one first, are a split brain', () => {
    const found = writersAtOnce(writers([3600, 0], [1, 0]), noon)
    expect(found.map(({ name }) => name)).toEqual(['pg-node-1', 'pg-node-3'])
  })

  test('long ago are none now', () => {
    expect(writersAtOnce(writers([3600, 20], [60, 20]), noon)).toEqual([])
  })

  test('in either order of discovery are the same split brain', () => {
    expect(writersAtOnce(writers([2, 0], [3600, 0]), noon)).toHaveLength(2)
  })
})

describe('the former leader', () => {
  test('last read before the key moved is no stray writer', () => {
    expect(strayWriter(writers([3600, 4], [2, 0]), noon)).toBeNull()
    expect(strayWriter(writers([3600, 2.5], [2, 0]), noon)).toBeNull()
  })

  test('found writable well after the key moved is one', () => {
    expect(strayWriter(writers([3600, 1], [2, 0]), noon)?.name).toBe('pg-node-3')
  })
})

/** Members are looked at each in its own time; a snapshot has of each the latest look. */
function lookEvery(beats: number[], worldAt: (ms: number) => World): { ms: number; snapshot: Snapshot }[] {
  const latest = new Map<string, MemberReadings>()
  const nextLookMs = beats.map((beat) => -beat)
  const taken: { ms: number; snapshot: Snapshot }[] = []
  for (let ms = 0; ms <= 12_000; ms += 50) {
    const readings = readingsOf(worldAt(ms))
    for (const [index, reading] of readings.members.entries()) {
      if (ms < (nextLookMs[index] ?? 0)) continue
      latest.set(reading.name, reading)
      nextLookMs[index] = ms + (beats[index] ?? 250)
    }
    if (ms % 250 !== 0) continue
    const at = new Date(noon.getTime() + ms)
    const members = readings.members.map((reading) => latest.get(reading.name) ?? reading)
    taken.push({ ms, snapshot: takeSnapshot(taken.at(-1)?.snapshot ?? null, { ...readings, members }, at) })
  }
  return taken
}

const beats = fc.array(fc.integer({ min: 200, max: 2300 }), { minLength: 3, maxLength: 3 })
const stopping = { state: 'stopping', postgres: null, streamsFrom: null, timeline: 4 } as const

/** The old leader stops at 5 s, the key moves 1.4 s later, the new one writes 0.2 s after that. */
function switchoverAt(ms: number): World {
  const at = new Date(noon.getTime() + ms)
  if (ms < 5000) return healthyWorld(at)
  if (ms < 6400) return withMember(healthyWorld(at), 'pg-node-3', stopping)
  const moved = withMember(afterTakeover(healthyWorld(at), (ms - 6400) / 1000), 'pg-node-3', stopping)
  return ms < 6600 ? withMember(moved, 'pg-node-1', { postgres: 'standby', timeline: 4 }) : moved
}

/** The same, but the old leader goes on writing. */
function splitAt(ms: number): World {
  if (ms < 6600) return ms < 5000 ? switchoverAt(ms) : switchoverAt(4999)
  const still = { state: 'running', postgres: 'primary', timeline: 4, streamsFrom: null } as const
  return withMember(switchoverAt(ms), 'pg-node-3', still)
}

test('a switchover never looks like a split brain, however the looks fall', () => {
  fc.assert(
    fc.property(beats, (each) => {
      for (const { ms, snapshot } of lookEvery(each, switchoverAt)) {
        expect([ms, writersAtOnce(snapshot, snapshot.takenAt), strayWriter(snapshot, snapshot.takenAt)]).toEqual([
          ms,
          [],
          null,
        ])
      }
    }),
    { numRuns: 12 },
  )
})

test('a split brain is seen within two looks and a second, however the looks fall', () => {
  fc.assert(
    fc.property(beats, (each) => {
      const found = lookEvery(each, splitAt).find(
        ({ snapshot }) => writersAtOnce(snapshot, snapshot.takenAt).length > 0,
      )
      expect(found?.ms ?? Number.POSITIVE_INFINITY).toBeGreaterThan(6600)
      expect(found?.ms ?? Number.POSITIVE_INFINITY).toBeLessThan(6600 + 2 * Math.max(...each) + 1500)
    }),
    { numRuns: 12 },
  )
})
