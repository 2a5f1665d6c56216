import { expect, test } from 'vitest'
import type { Problem } from '#domain/snapshot/reading.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { standingOf } from './standing-of.ts'

const now = new Date('2026-11-26T06:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const problem: Problem = { kind: 'timeout', sentence: 'Late.', since: now, observedAt: now }

function withFirst(change: object) {
  const members = snapshot.members.map((member, n) => (n === 0 ? { ...member, ...change } : member))
  return standingOf({ ...snapshot, members })
}

test('it is another one when the leader, a role, a state or the reach of a member is', () => {
  const standing = standingOf(snapshot)
  const others = [
    standingOf({ ...snapshot, leader: null }),
    withFirst({ role: 'unknown' }),
    withFirst({ state: 'stopped' }),
    withFirst({ problem }),
    withFirst({ postgresProblem: problem }),
  ]
  expect(new Set([standing, ...others]).size).toBe(others.length + 1)
})

test('positions and times, which differ at every look, leave it as it is', () => {
  const later = new Date(now.getTime() + 2_000)
  expect(withFirst({ lsn: 7, seenAt: later, replayLag: null })).toBe(standingOf(snapshot))
  const silent = withFirst({ problem })
  expect(withFirst({ problem: { ...problem, observedAt: later } })).toBe(silent)
})
