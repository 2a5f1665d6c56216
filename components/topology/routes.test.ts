import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { afterTakeover } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { wayOf, writeFlowOf } from './routes.ts'

const at = new Date('2026-11-23T12:00:00.000Z')

function flowIn(world: World, now = at) {
  const snapshot = takeSnapshot(null, readingsOf(world), at)
  return writeFlowOf(snapshot, assess(snapshot, now).findings, now)
}

test('writes take the way to the leader', () => {
  const flow = flowIn(healthyWorld(at))
  expect(wayOf(flow, 'pg-node-3')).toBe('writes')
  expect(wayOf(flow, 'pg-node-1')).toBe('none')
})

test('a way that carries writes to one that does not lead is told apart', () => {
  const astray = (seconds: number): World => ({
    ...healthyWorld(secondsBefore(at, seconds)),
    haproxy: { primary: ['pg-node-1'], replicas: ['pg-node-2'] },
  })
  const snapshot = follow(astray(4), astray(2), astray(0))
  const flow = writeFlowOf(snapshot, assess(snapshot, at).findings, at)
  expect(wayOf(flow, 'pg-node-1')).toBe('stray-writes')
  expect(wayOf(flow, 'pg-node-3')).toBe('none')
})

test('HAProxy is given the seconds its checks need to notice a new leader', () => {
  const before = takeSnapshot(null, readingsOf(healthyWorld(secondsBefore(at, 4))), secondsBefore(at, 4))
  const moved = { ...afterTakeover(healthyWorld(at), 3), haproxy: { primary: ['pg-node-3'], replicas: [] } }
  const snapshot = takeSnapshot(before, readingsOf(moved), at)
  const flow = writeFlowOf(snapshot, assess(snapshot, at).findings, at)
  expect(flow.leader).toBe('pg-node-1')
  expect(wayOf(flow, 'pg-node-3')).toBe('none')
})

test('what was seen long ago carries nothing', () => {
  const flow = flowIn(healthyWorld(at), new Date(at.getTime() + 60_000))
  expect(flow).toMatchObject({ leader: null, targets: null })
  expect(wayOf(flow, 'pg-node-3')).toBe('none')
})

test('without HAProxy the flow knows the leader and no targets', () => {
  expect(flowIn({ ...healthyWorld(at), haproxy: 'none' })).toMatchObject({ leader: 'pg-node-3', targets: null })
})
