import { expect, test } from 'vitest'
import { memberLook } from '#components/cluster/member-look.ts'
import { assess } from '#domain/judgement/assess.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { stateLine, walLine } from './member-lines.ts'

const at = new Date('2026-11-23T12:00:00.000Z')

function linesIn(world: World, name: string, now = at) {
  const before = { ...world, at: secondsBefore(at, 10) }
  const snapshot = takeSnapshot(takeSnapshot(null, readingsOf(before), before.at), readingsOf(world), at)
  const assessment = assess(snapshot, now)
  const member = snapshot.members.find((one) => one.name === name)
  if (!member) throw new Error(`${name} is not in the snapshot.`)
  const given = {
    member,
    look: memberLook(member, assessment.findings, now),
    judged: { snapshot, assessment, now, isHearing: true, deafReason: null },
  }
  return { state: stateLine(given), wal: walLine(given) }
}

test('the leader leads in gold and takes writes', () => {
  const { state, wal } = linesIn(healthyWorld(at), 'pg-node-3')
  expect(state.tone).toBe('lead')
  expect(state.wordings[0]).toMatch(/^leader/)
  expect(wal?.wordings[0]).toBe('takes writes')
})

test('a replica past the allowed lag warns', () => {
  const { state, wal } = linesIn(
    withMember(healthyWorld(at), 'pg-node-1', { lsn: 1_000_000, replayedLsn: 1_000_000 }),
    'pg-node-1',
  )
  expect(state.tone).toBe('warn')
  expect(wal?.tone).toBe('warn')
  expect(wal?.wordings[0]).toMatch(/MB to replay$/)
})

test('a member that takes writes and does not lead is told in red, even when its Patroni is gone', () => {
  const world = withMember({ ...healthyWorld(at), hasSql: true, leader: 'pg-node-1' }, 'pg-node-3', {
    rest: { problem: 'refused', since: secondsBefore(at, 40) },
  })
  expect(linesIn(world, 'pg-node-3').wal).toEqual({ wordings: ['takes writes'], tone: 'bad' })
})

test('a member that is gone says since when, and its last state', () => {
  const { state, wal } = linesIn(
    withMember(healthyWorld(at), 'pg-node-1', dead(secondsBefore(at, 240), true)),
    'pg-node-1',
  )
  expect(state.wordings[0]).toMatch(/^(missing|no answer|never)/)
  expect(wal?.tone ?? 'plain').toBe('plain')
})

test('an old word on the leader is not gold', () => {
  expect(linesIn(healthyWorld(at), 'pg-node-3', new Date(at.getTime() + 240_000)).state.tone).toBe('plain')
})
