import { expect, test } from 'vitest'
import { assess } from './assess.ts'
import { leaderStateOf } from './leader-state.ts'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World, type WorldMember } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)
const leaderWith = (change: Partial<WorldMember>): World => withMember(healthyWorld(noon), 'pg-node-3', change)
const timeout = (seconds: number) => ({ problem: 'timeout' as const, since: ago(seconds) })
const refused = (seconds: number) => ({ problem: 'refused' as const, since: ago(seconds) })
const withoutSql = (world: World): World => ({ ...world, hasSql: false })

test.each<[string, World, string]>([
  ['that answers and writes is working', healthyWorld(noon), 'working'],
  ['that missed one look just now still works', withoutSql(leaderWith({ rest: timeout(0) })), 'working'],
  ['whose Patroni is silent may be dead', withoutSql(leaderWith({ rest: timeout(9) })), 'silent'],
  ['that was killed is silent too', leaderWith({ rest: refused(9), sql: refused(9) }), 'silent'],
  ['silent for longer than its lease, yet listed, lives', withoutSql(leaderWith({ rest: timeout(60) })), 'unreached'],
  ['silent for so long, but writing by SQL, works', leaderWith({ rest: timeout(60) }), 'working'],
  ['without a Patroni that still writes is unmanaged', leaderWith({ rest: refused(9) }), 'unmanaged'],
  [
    'without a Patroni that is in recovery is read-only',
    leaderWith({ rest: refused(9), postgres: 'standby' }),
    'read-only',
  ],
  ['in recovery is read-only', leaderWith({ postgres: 'standby' }), 'read-only'],
  [
    'whose Postgres stopped does not run',
    leaderWith({ postgres: null, state: 'stopped', sql: refused(3) }),
    'not-running',
  ],
  [
    'whose Postgres does not answer does not run',
    leaderWith({ postgres: null, state: 'unknown', sql: refused(3) }),
    'not-running',
  ],
])('a leader %s', (_, world, kind) => {
  expect(leaderStateOf(follow(healthyWorld(ago(120)), world), noon).kind).toBe(kind)
})

test.each(['protocol', 'too-large', 'unauthorized', 'tls'] as const)('an answer of kind %s counts no lease', (kind) => {
  const world = withoutSql(leaderWith({ rest: { problem: kind, since: ago(9) } }))
  const snapshot = follow(withoutSql(healthyWorld(ago(120))), world)
  expect(leaderStateOf(snapshot, noon).kind).toBe('unreached')
  expect(assess(snapshot, noon).verdict.sentence).toMatch(/has given Matriarch no usable answer for 9 s/)
})

test('a leader that took the key a moment ago is being promoted', () => {
  const before = withMember(healthyWorld(ago(20)), 'pg-node-1', {})
  const world = { ...healthyWorld(noon), leader: 'pg-node-1', leaderChangedAt: ago(2) }
  const demoted = withMember(world, 'pg-node-3', { postgres: null, state: 'stopped', sql: refused(3) })
  expect(leaderStateOf(follow(before, demoted), noon).kind).toBe('promoting')
})

test('a leader of a standby cluster works although it is read-only', () => {
  const world = leaderWith({ postgres: 'standby', state: 'streaming' })
  const standby = { ...world, config: { ...world.config, standbyCluster: true } }
  expect(leaderStateOf(follow(standby), noon).kind).toBe('working')
})

test('the lease of a silent leader ends at most one ttl after it fell silent', () => {
  const state = leaderStateOf(follow(healthyWorld(ago(120)), withoutSql(leaderWith({ rest: timeout(9) }))), noon)
  expect(state).toMatchObject({ leaseEndsAt: new Date(noon.getTime() + 21_000) })
})

test('time-outs do not prove a leader dead: that is at risk, not down', () => {
  const world = leaderWith({ rest: timeout(9), sql: timeout(9) })
  expect(assess(follow(healthyWorld(ago(120)), world), noon).verdict.level).toBe('at-risk')
})

test('a refused Patroni and replicas that lost their stream do, even without SQL', () => {
  const world = withoutSql(leaderWith({ rest: refused(9) }))
  const members = world.members.map((member) =>
    member.name === 'pg-node-3' ? member : { ...member, state: 'running', streamsFrom: null },
  )
  expect(assess(follow(withoutSql(healthyWorld(ago(120))), { ...world, members }), noon).verdict.level).toBe('down')
})

test('a leader that is only known through etcd is not called down', () => {
  const world = healthyWorld(noon)
  const snapshot = follow(world)
  const unasked = snapshot.members.map((member) =>
    member.name === 'pg-node-3' ? { ...member, seenAt: null, isWritable: null, postgres: null } : member,
  )
  expect(assess({ ...snapshot, members: unasked }, noon).verdict).toEqual({
    level: 'degraded',
    sentence:
      'pg-node-3 leads, going by etcd; Matriarch does not look at it directly. Either replica could take over now with nothing lost.',
  })
})

test('an old snapshot tells nothing of the leader', () => {
  expect(leaderStateOf(follow(healthyWorld(ago(7))), noon).kind).toBe('unknown')
})

test('a leader that steps down because etcd lost its quorum is not told as a fallen Postgres', () => {
  const world: World = { ...leaderWith({ postgres: null, state: 'stopping' }), etcd: 'no-quorum' }
  const { verdict } = assess(follow(healthyWorld(ago(120)), world), noon)
  expect(verdict.level).toBe('down')
  expect(verdict.sentence).toMatch(/ etcd has no quorum, so the leader must step down/)
})

test('a leader that stepped down because etcd lost its quorum is not sent to look for a hanging promotion', () => {
  const world: World = { ...leaderWith({ postgres: 'standby', state: 'in archive recovery' }), etcd: 'no-quorum' }
  const { verdict, findings } = assess(follow(healthyWorld(ago(120)), world), noon)
  expect(verdict.sentence).toBe(
    'pg-node-3 takes no writes any more: etcd has no quorum, so Patroni made its Postgres read-only. Nobody can be elected until etcd is back.',
  )
  expect(findings.map(({ advice }) => advice).join(' ')).not.toContain('promotion')
})

test('a paused leader that is silent and has lost its Postgres may be replaced by resuming', () => {
  const world = leaderWith({ rest: refused(9), sql: refused(9) })
  const paused = (given: World): World => ({ ...given, config: { ...given.config, pause: true } })
  const { findings } = assess(follow(paused(healthyWorld(ago(120))), paused(world)), noon)
  expect(findings.find(({ kind }) => kind === 'leader-silent')?.advice).toMatch(/ patronictl resume lets another /)
})
