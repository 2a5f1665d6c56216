import { expect, test } from 'vitest'
import type { Problem } from '#domain/snapshot/reading.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { madeLooked, madeMember, madeSilent, madeStack } from '#domain/testing/looked-made.ts'
import { madePooler } from '#domain/testing/pooler-made.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { madeHaproxy, madePostgres } from '#domain/testing/stack-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { currentOf, isLookedOld } from './deep-age.ts'
import type { HaproxyDetail } from './haproxy-detail.ts'
import { withOvertaken } from './overtaken.ts'

const now = new Date('2026-11-26T06:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const [silent = '', other = ''] = snapshot.members.map(({ name }) => name)
const problem = (since: Date): Problem => ({ kind: 'timeout', sentence: 'Late.', since, observedAt: now })

function stackSeen(seenAt: Date) {
  const layers = { postgres: madeLooked(madePostgres(), seenAt), pooler: madeLooked(madePooler(), seenAt) }
  return madeStack(seenAt, {
    members: [madeMember(silent, layers), madeMember(other, layers)],
    haproxy: madeLooked(madeHaproxy({ name: silent }), seenAt),
    etcd: madeLooked({ members: [], alarms: [] }, seenAt),
  })
}

function marks(seenAt: Date, of: Snapshot) {
  const { members, haproxy, etcd } = withOvertaken(stackSeen(seenAt), of)
  return [members[0]?.postgres, members[0]?.pooler, members[1]?.postgres, haproxy, etcd].map(
    (looked) => looked?.overtakenBy ?? null,
  )
}

test('what was seen before the leader changed is overtaken, but for etcd', () => {
  const changed = { ...snapshot, leader: { name: other, since: ago(5), historySince: null } }
  const word = 'before the leader changed'
  expect(marks(ago(7), changed)).toEqual([word, word, word, word, null])
  expect(marks(ago(3), changed)).toEqual([null, null, null, null, null])
})

test('without a leader it is so since the leader was lost, and a leader that was always there overtakes nothing', () => {
  const lost = { ...snapshot, leader: null, leaderlessSince: ago(5) }
  expect(marks(ago(7), lost)[3]).toBe('before the leader was lost')
  expect(marks(ago(7), { ...snapshot, leaderlessSince: null })).toEqual([null, null, null, null, null])
})

test('a node that is silent overtakes what was seen of it and what HAProxy said of it, until they are seen again', () => {
  const members = snapshot.members.map((one) => (one.name === silent ? { ...one, problem: problem(ago(4)) } : one))
  const word = `before ${silent} stopped answering`
  expect(marks(ago(6), { ...snapshot, members })).toEqual([word, word, null, word, null])
  expect(marks(ago(2), { ...snapshot, members })).toEqual([null, null, null, null, null])
})

test('what is overtaken is old, however young', () => {
  const changed = { ...snapshot, leader: { name: other, since: ago(5), historySince: null } }
  const { haproxy, members } = withOvertaken(stackSeen(ago(7)), changed)
  expect([isLookedOld(haproxy, now), currentOf(haproxy, now)]).toEqual([true, null])
  expect(currentOf(members[1]?.postgres ?? null, now)).toBe(null)
})

test('nothing is marked of what never answered, or while no snapshot is known', () => {
  const stack = madeStack(now, { haproxy: madeSilent<HaproxyDetail>(null, null, 'Nothing listens.') })
  const changed = { ...snapshot, leader: { name: other, since: now, historySince: null } }
  expect(withOvertaken(stack, changed)).toEqual(stack)
  expect(withOvertaken(stackSeen(ago(7)), null)).toEqual(stackSeen(ago(7)))
})
