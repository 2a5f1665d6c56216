import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { lookOf } from './look.ts'
import { writeStateOf } from './write-state.ts'

const at = new Date('2026-11-23T12:00:00.000Z')

function seenOf(change: (world: World) => World, now = at) {
  const snapshot = takeSnapshot(null, readingsOf(change(healthyWorld(at))), at)
  return writeStateOf(snapshot, assess(snapshot, now).findings, now)
}

test('a leader that takes writes serves, with the moment it was found to', () => {
  expect(seenOf((world) => world)).toEqual({ state: 'serving', cause: null })
  const snapshot = takeSnapshot(null, readingsOf(healthyWorld(at)), at)
  const look = lookOf(snapshot, assess(snapshot, at).findings)
  expect(look).toMatchObject({ state: 'serving', leader: snapshot.leader?.name, from: at, to: at })
  expect(look.lastWriteAt).not.toBeNull()
})

test('what is too old to speak of now is unseen, never down', () => {
  expect(seenOf((world) => world, new Date(at.getTime() + 60_000))).toEqual({
    state: 'unseen',
    cause: 'nothing-answers',
  })
})

test('a cluster without a leader serves nothing, unless somebody is seen to write', () => {
  const found = seenOf((world) => ({ ...world, leader: null }))
  expect(['no-leader', null]).toContain(found.cause)
})
