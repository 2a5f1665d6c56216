import { expect, test } from 'vitest'
import { assess } from './assess.ts'
import { summarise } from '#domain/fleet/fleet-row.ts'
import { behindBy, dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { baseLsn, healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)
const verdict = (world: World): string => assess(follow(world), noon).verdict.sentence

/** The leader and so many replicas, all level. */
function withReplicas(amount: number): World {
  const world = healthyWorld(noon)
  const [replica, , leader] = world.members
  if (!replica || !leader) throw new Error('A healthy world has three members.')
  const replicas = Array.from({ length: amount }, (_, index) => ({
    ...replica,
    name: `replica-${index + 1}`,
    host: `10.0.2.${index}`,
  }))
  return { ...world, haproxy: 'none', members: [leader, ...replicas] }
}

test.each([
  [0, 'pg-node-3 leads alone: there is no replica that could take over.'],
  [1, 'pg-node-3 leads. replica-1 could take over now with nothing lost.'],
  [2, 'pg-node-3 leads. Either replica could take over now with nothing lost.'],
  [3, 'pg-node-3 leads. Any of the 3 replicas could take over now with nothing lost.'],
])('with %d replicas the sentence is right', (amount, sentence) => {
  expect(verdict(withReplicas(amount))).toBe(sentence)
})

test('of many that could take over they are counted', () => {
  const world = withReplicas(6)
  expect(verdict(withMember(world, 'replica-1', { tags: { nofailover: true } }))).toBe(
    'pg-node-3 leads. 5 of the 6 replicas could take over now with nothing lost.',
  )
})

test('of many that could not, some are named', () => {
  const members = withReplicas(6).members.map((member) =>
    member.name === 'pg-node-3' ? member : { ...member, tags: { nofailover: true } },
  )
  expect(verdict({ ...withReplicas(6), members })).toBe(
    'pg-node-3 leads, but nobody could take over: replica-1 may not lead (tag nofailover), replica-2 may not lead (tag nofailover), replica-3 may not lead (tag nofailover), and 3 more replicas could not either.',
  )
})

test('a loss is named when there would be one', () => {
  expect(verdict(withMember(healthyWorld(noon), 'pg-node-1', behindBy(120_000)))).toBe(
    'pg-node-3 leads. Either replica could take over now with at most 120 kB lost.',
  )
})

test('a lag that an election would still overlook is told as a loss', () => {
  const ahead = (at: Date): World => ({
    ...withMember(healthyWorld(at), 'pg-node-3', { lsn: baseLsn + 29_000_000 }),
    optimeLsn: baseLsn,
  })
  expect(assess(follow(ahead(ago(9)), ahead(noon)), noon).verdict.sentence).toBe(
    'pg-node-3 leads and either replica could take over now with at most 29 MB lost. pg-node-1 has fallen 29 MB behind; if it took over now, that would be lost. 1 more finding.',
  )
})

test('many that are level are counted in the forecast', () => {
  expect(assess(follow(withReplicas(5)), noon).forecast.sentence).toBe(
    'One of 5 replicas would lead in about 30 s, with 0 bytes lost.',
  )
})

test('a pending restart or a schedule does not make a cluster less than healthy', () => {
  const world = withMember(healthyWorld(noon), 'pg-node-1', {
    pendingRestart: { max_connections: { oldValue: '100', newValue: '200' } },
  })
  const assessment = assess(follow({ ...world, scheduledSwitchover: { at: noon, from: null, to: null } }), noon)
  expect(assessment.verdict.level).toBe('healthy')
  expect(assessment.findings.map(({ kind }) => kind)).toEqual(['switchover-scheduled', 'pending-restart'])
})

test('the fleet shows the worst lag and who is not fine', () => {
  const lagging = withMember(healthyWorld(noon), 'pg-node-1', { replayedLsn: baseLsn - 5000 })
  const snapshot = follow(healthyWorld(ago(40)), withMember(lagging, 'pg-node-2', dead(ago(30), false)))
  expect(summarise(snapshot, assess(snapshot, noon))).toMatchObject({
    level: 'degraded',
    leader: 'pg-node-3',
    worstLagBytes: 5000,
    members: [
      { name: 'pg-node-1', role: 'replica', isFine: true },
      { name: 'pg-node-2', role: 'replica', isFine: false },
      { name: 'pg-node-3', role: 'leader', isFine: true },
    ],
  })
})

test('nobody is fine in a cluster that is not seen', () => {
  const snapshot = follow(healthyWorld(ago(60)))
  expect(summarise(snapshot, assess(snapshot, noon)).members.every(({ isFine }) => !isFine)).toBe(true)
})
