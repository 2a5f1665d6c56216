import { expect, test } from 'vitest'
import { driftOf } from './drift.ts'
import { planHash } from './plan-hash.ts'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const plan = { clusterName: 'prod', leader: 'a', timeline: 4, systemIdentifier: '77' }

test('nothing has changed where all that is known is the same', () => {
  expect(driftOf(plan, plan)).toBeNull()
  expect(driftOf({ ...plan, timeline: null }, plan)).toBeNull()
  expect(driftOf(plan, { ...plan, systemIdentifier: null })).toBeNull()
})

test('another leader, none, another timeline or other data are a change', () => {
  expect(driftOf({ ...plan, leader: 'b' }, plan)).toContain('b leads now')
  expect(driftOf({ ...plan, leader: '' }, plan)).toContain('nobody leads now')
  expect(driftOf({ ...plan, timeline: 5 }, plan)).toContain('on timeline 5 now')
  expect(driftOf({ ...plan, systemIdentifier: '78' }, plan)).toContain('not the same data')
})

test('a plan has the same hash before and after it was kept, and another after any edit', () => {
  const now = new Date('2026-11-23T12:00:00.000Z')
  const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
  const made = planSwitchover(snapshot, { kind: 'switchover', candidate: 'pg-node-1', scheduledAt: null, now })
  const reordered = Object.fromEntries(Object.entries(made).toReversed())
  expect(planHash(JSON.parse(JSON.stringify(reordered)))).toBe(planHash(made))
  expect(planHash({ ...made, candidate: 'pg-node-2' })).not.toBe(planHash(made))
})
