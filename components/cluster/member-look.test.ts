import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { isLagHigh, lagText, memberLook } from './member-look.ts'

const at = new Date('2026-11-23T12:00:00.000Z')

function lookIn(world: World, name: string, now = at) {
  const before = { ...world, at: secondsBefore(at, 10) }
  const snapshot = takeSnapshot(takeSnapshot(null, readingsOf(before), before.at), readingsOf(world), at)
  const member = snapshot.members.find((one) => one.name === name)
  if (!member) throw new Error(`${name} is not in the snapshot.`)
  return memberLook(member, assess(snapshot, now).findings, now)
}

test('a streaming replica is well', () => {
  expect(lookIn(healthyWorld(at), 'pg-node-1')).toEqual({ tone: 'ok', word: 'streaming', isCurrent: true })
})

test('old is never green, and who was not asked has not failed to answer', () => {
  const look = lookIn(healthyWorld(at), 'pg-node-1', new Date(at.getTime() + 15_000))
  expect(look).toMatchObject({ tone: 'unseen', isCurrent: false })
  expect(look.word).toMatch(/^not seen for 1\d s$/)
})

test('a member whose Patroni refuses is told as one that does not answer', () => {
  const world = withMember(healthyWorld(at), 'pg-node-1', dead(secondsBefore(at, 40), true))
  expect(lookIn(world, 'pg-node-1').word).toMatch(/^no answer for 4\d s$/)
})

test('a member that etcd no longer lists is gone since it fell silent, as the findings say', () => {
  const healthy = takeSnapshot(
    null,
    readingsOf({ ...healthyWorld(at), at: secondsBefore(at, 60) }),
    secondsBefore(at, 60),
  )
  const silent = withMember(healthyWorld(at), 'pg-node-1', dead(secondsBefore(at, 30), true))
  const then = secondsBefore(at, 30)
  const listed = takeSnapshot(healthy, readingsOf({ ...silent, at: then }), then)
  const gone = withMember(healthyWorld(at), 'pg-node-1', dead(secondsBefore(at, 30), false))
  const snapshot = takeSnapshot(listed, readingsOf(gone), at)
  const member = snapshot.members.find(({ name }) => name === 'pg-node-1')
  const { findings, verdict } = assess(snapshot, at)
  expect(member && memberLook(member, findings, at)).toEqual({ tone: 'bad', word: 'gone for 30 s', isCurrent: false })
  expect(verdict.sentence).toContain('pg-node-1 has been gone for 30 s')
})

test('a worse finding about the member gives its tone', () => {
  const world = withMember(healthyWorld(at), 'pg-node-1', { lsn: 1_000_000, replayedLsn: 1_000_000 })
  expect(lookIn(world, 'pg-node-1')).toMatchObject({ tone: 'warn', isCurrent: true })
})

test('a lag is high only past what is allowed, and never when it is not known', () => {
  expect(isLagHigh(1_048_577, 1_048_576)).toBe(true)
  expect(isLagHigh(1_048_576, 1_048_576)).toBe(false)
  expect(isLagHigh('unknown', 1_048_576)).toBe(false)
  expect(isLagHigh(9e9, null)).toBe(false)
  expect(lagText(null)).toBeNull()
  expect(lagText('unknown')).toBe('unknown')
})
