import { expect, test } from 'vitest'
import { capabilities } from '#domain/operation/capabilities.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { runbookActs } from './runbook-acts.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const healthy = healthyWorld(now)
const lost = withMember(healthy, 'pg-node-3', dead(secondsBefore(now, 90), false))
const leaderless: World = { ...lost, leader: null, leaderChangedAt: secondsBefore(now, 60) }

test('a failover is offered where nobody works as leader, and there alone', () => {
  const offered = (world: World) => {
    const can = capabilities(follow(world), { mayAct: true, activeOperation: null, storeReachable: true, now })
    const acts = runbookActs({ causes: ['leadership'], cluster: 'orders', may: () => true, capabilities: can })
    return acts.map(({ label, href, reason }) => [label, href, reason === null])
  }
  expect(offered(leaderless)).toEqual([
    ['Fail over', '/clusters/orders?act=failover', true],
    ['Switch over', '/clusters/orders?act=switchover', false],
    ['Overview', '/clusters/orders', true],
  ])
  expect(offered(healthy)).toEqual([
    ['Switch over', '/clusters/orders?act=switchover', true],
    ['Overview', '/clusters/orders', true],
  ])
})
