import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { reachOf, streamsOf } from './streams.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const names = ['pg-node-1', 'pg-node-2', 'pg-node-3']

function streamsIn(world: World) {
  return streamsOf(takeSnapshot(null, readingsOf(world), at))
}

test('each replica has one stream from the leader', () => {
  const streams = streamsIn(healthyWorld(at))
  expect(streams.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual([
    'pg-node-3 pg-node-1',
    'pg-node-3 pg-node-2',
  ])
  expect(reachOf(streams, names)).toBe(2)
})

test('a member that is gone streams from nobody', () => {
  const streams = streamsIn(withMember(healthyWorld(at), 'pg-node-1', dead(secondsBefore(at, 240), false)))
  expect(streams.map((stream) => stream.to)).toEqual(['pg-node-2'])
  expect(reachOf(streams, names)).toBe(1)
})

test('where nothing streams the arcs take no room', () => {
  expect(reachOf([], names)).toBe(0)
})
