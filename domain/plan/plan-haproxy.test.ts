import { expect, test } from 'vitest'
import type { HaproxyWish } from './haproxy-plan.ts'
import { planHaproxy } from './plan-haproxy.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { madeHaproxy } from '#domain/testing/stack-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const now = new Date('2026-11-26T06:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const down = { isUp: false, status: 'DOWN', check: 'L7STS', checkCode: 503 }

function planned(detail: HaproxyDetail | null, wish: Partial<HaproxyWish> = {}) {
  const stack: StackView = {
    takenAt: now,
    members: [],
    haproxy: { value: detail, seenAt: now, problem: null },
    etcd: null,
  }
  return planHaproxy({ snapshot, stack }, { act: 'drain', proxy: 'primary', server: 'pg-node-1', ...wish }, now)
}

test('who drains the only server that takes writes names it', () => {
  const plan = planned(madeHaproxy({ name: 'pg-node-1' }, { name: 'pg-node-2', ...down }))
  expect(plan.blockers).toEqual([])
  expect(plan.confirm).toBe('primary/pg-node-1')
  expect(plan.warnings).toEqual([expect.stringContaining('switch over instead')])
  expect(plan.sentences).toContainEqual(expect.stringContaining('forgets it when it is reloaded'))
})

test('a server that others stand in for is drained without more ado', () => {
  const { proxies } = madeHaproxy({ name: 'pg-node-1', sessions: 3 }, { name: 'pg-node-2' })
  const replicas = { proxies: proxies.map((proxy) => ({ ...proxy, name: 'replicas' })) }
  const plan = planned(replicas, { proxy: 'replicas' })
  expect(plan).toMatchObject({ confirm: null, warnings: [], blockers: [] })
  expect(plan.sentences).toContainEqual(expect.stringContaining('The 3 sessions that it has stay'))
})

test.each<[string, HaproxyDetail | null, Partial<HaproxyWish>, string]>([
  ['was never seen', null, {}, 'has not answered yet'],
  ['has no such server', madeHaproxy(), {}, 'no server pg-node-1 in primary'],
  ['has it down', madeHaproxy({ name: 'pg-node-1', ...down }), {}, 'is down in primary'],
  ['has it drained', madeHaproxy({ name: 'pg-node-1', isUp: false, admin: 'drain' }), {}, 'already'],
  ['has it in maintenance', madeHaproxy({ name: 'pg-node-1', isUp: false, admin: 'maint' }), {}, 'maintenance'],
  ['has it ready', madeHaproxy({ name: 'pg-node-1' }), { act: 'ready' }, 'is not drained'],
])('where HAProxy %s, that is in the way', (_, detail, wish, words) => {
  expect(planned(detail, wish).blockers).toEqual([expect.stringContaining(words)])
})

test('a server that is down may be made ready: whether it is drained does not show', () => {
  expect(planned(madeHaproxy({ name: 'pg-node-1', ...down }), { act: 'ready' }).blockers).toEqual([])
})
