import { describe, expect, test } from 'vitest'
import { strayWriter, writersAtOnce } from './split-brain.ts'
import type { Snapshot } from './snapshot.ts'
import { afterTakeover, withMember } from './testing/change.ts'
import { follow } from './testing/follow.ts'
import { healthyWorld, secondsBefore } from './testing/world.ts'

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

test('a whole switchover, looked at every 250 ms, never looks like a split brain', () => {
  const at = (ms: number): Date => new Date(noon.getTime() + ms)
  let snapshots = [follow(healthyWorld(at(-1000)))]
  for (let ms = -500; ms <= 4000; ms += 250) {
    const world = switchoverAt(at(ms), ms)
    snapshots = [...snapshots, follow(healthyWorld(at(-1000)), world)]
    expect(writersAtOnce(snapshots.at(-1) ?? follow(world), at(ms))).toEqual([])
    expect(strayWriter(snapshots.at(-1) ?? follow(world), at(ms))).toBeNull()
  }
})

/** The old leader stops at 0, the key moves at 1400, the new one writes at 1600. */
function switchoverAt(now: Date, ms: number): ReturnType<typeof healthyWorld> {
  if (ms < 0) return healthyWorld(now)
  const stopping = { state: 'stopping', postgres: null, streamsFrom: null, timeline: 4 } as const
  if (ms < 1400) return withMember(healthyWorld(now), 'pg-node-3', stopping)
  const moved = withMember(afterTakeover(healthyWorld(now), (ms - 1400) / 1000), 'pg-node-3', stopping)
  return ms < 1600 ? withMember(moved, 'pg-node-1', { postgres: 'standby', timeline: 4 }) : moved
}
