import { expect, test } from 'vitest'
import { planRemoval } from './plan-removal.ts'
import type { HeldOfCluster } from './removal-plan.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const now = new Date('2026-11-25T12:00:00Z')
const nothing: HeldOfCluster = {
  secrets: 0,
  agents: 0,
  backupSchedules: 0,
  rehearsalSchedules: 0,
  grants: 0,
  shares: 0,
  silences: 0,
  windows: 0,
  routes: 0,
  policies: [],
  alerts: 0,
  proposed: 0,
}
const cluster = { id: 'c', name: 'orders', registration: 'digest' }
const world = healthyWorld(now)
const snapshot = takeSnapshot(null, readingsOf(world), now)
const given = { cluster, snapshot, held: nothing, underWay: [], now }

test('a removal is bound to the leader, the timeline and the registration as they stood', () => {
  expect(planRemoval(given)).toMatchObject({
    kind: 'remove-cluster',
    clusterName: 'orders',
    leader: 'pg-node-3',
    timeline: 4,
    systemIdentifier: world.systemIdentifier,
    registration: 'digest',
    blockers: [],
  })
})

test('a cluster that nobody has looked at can be removed as well', () => {
  expect(planRemoval({ ...given, snapshot: null })).toMatchObject({
    leader: '',
    timeline: null,
    systemIdentifier: null,
    blockers: [],
  })
})

test('what is taken away is told, and what is not there is not', () => {
  const bare = planRemoval(given)
  expect(bare.sentences.join(' ')).not.toMatch(/password|goes as well|link/)
  expect(bare.sentences[0]).toBe(
    'orders itself is not touched: Patroni, Postgres and the agents on its nodes go on running.',
  )
  const full = planRemoval({ ...given, held: { ...nothing, secrets: 2, grants: 1, agents: 3, routes: 2, shares: 1 } })
  expect(full.sentences).toContain(
    'The console forgets its addresses and 2 passwords, its samples and pictures of before, and how available it was.',
  )
  expect(full.sentences).toContain(
    'What is for it alone goes as well: 1 right, 3 enrolled agents and 2 routes of notifications.',
  )
  expect(full.sentences).toContain('1 link for watchers does not show it any more.')
})

test('what nobody does any more is worth knowing: backups by schedule above all', () => {
  expect(planRemoval(given).warnings).toEqual(['Nobody watches it any more: no alert tells when orders is down.'])
  const held = { ...nothing, backupSchedules: 1, rehearsalSchedules: 1, alerts: 2, proposed: 1, policies: ['careful'] }
  expect(planRemoval({ ...given, held }).warnings).toEqual([
    'Nobody takes its backups by schedule any more: the schedule of the console ends.',
    'Nobody rehearses its recovery by schedule any more.',
    'Nobody watches it any more: no alert tells when orders is down.',
    '2 alerts of it hold now and end with it: where ends are told, it is told that the cluster was removed.',
    'The approval policy careful is for it alone and goes with it.',
    '1 request on it that waits for approval becomes void.',
  ])
})

test('whatever is under way stands in the way, and is named', () => {
  const backup = {
    kind: 'backup',
    requestedBy: { id: 'a', name: 'Ada' },
    requestedAt: now,
    reason: 'before the upgrade',
  } as const
  expect(planRemoval({ ...given, underWay: [backup] }).blockers).toEqual([
    'Ada has been taking a backup on orders since 2026-11-25 12:00:00 UTC: "before the upgrade". Remove it when that has ended.',
  ])
})
