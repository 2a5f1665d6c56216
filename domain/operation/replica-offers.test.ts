import { expect, test } from 'vitest'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import { replicaOffers } from './replica-offers.ts'
import { follow } from '#domain/testing/follow.ts'
import { madeOperation } from '#domain/testing/operation-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const now = new Date('2026-11-24T12:00:00Z')
const snapshot = follow(healthyWorld(now))

function reasons(change: Partial<Parameters<typeof replicaOffers>[1]> = {}) {
  const offers = replicaOffers(snapshot, { underWay: [null], storeReachable: true, now, ...change })
  return Object.fromEntries(offers.map(({ member, reason }) => [member, reason]))
}

test('each replica can be copied anew, and the leader says why it cannot', () => {
  expect(reasons()).toEqual({
    'pg-node-1': null,
    'pg-node-2': null,
    'pg-node-3': expect.stringContaining('pg-node-3 leads'),
  })
})

test('not while the lead moves, and not while nothing can be recorded', () => {
  const wish = { kind: 'switchover', candidate: null, scheduledAt: null, now } as const
  const moving = madeOperation(planSwitchover(snapshot, wish), null, { requestedAt: now })
  expect(reasons({ underWay: [null, moving] })['pg-node-1']).toContain('has been switching over for')
  expect(reasons({ storeReachable: false })['pg-node-1']).toContain('its own store')
})
