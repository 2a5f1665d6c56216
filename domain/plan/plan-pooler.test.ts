import { expect, test } from 'vitest'
import type { AgentSight } from './backup-plan.ts'
import { planPooler } from './plan-pooler.ts'
import type { PoolerWish } from './pooler-plan.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { madePooler } from '#domain/testing/stack-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const now = new Date('2026-11-26T06:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const nodes = ['pg-node-1', 'pg-node-2', 'pg-node-3']
const wish: PoolerWish = { act: 'pause', node: null, database: null, limitMs: 30_000 }
const [database] = madePooler().databases
const [pool] = madePooler().pools
const away = madePooler({
  databases: database ? [{ ...database, host: '10.0.1.30' }] : [],
  config: { query_wait_timeout: '120' },
})

function planned(change: Partial<PoolerWish> = {}, detail: PoolerDetail = away, vetoed: string[] = []) {
  const looked = { value: detail, seenAt: now, problem: null }
  const stack: StackView = {
    takenAt: now,
    members: nodes.map((name) => ({ name, postgres: null, pooler: looked })),
    haproxy: null,
    etcd: null,
  }
  const agents = nodes.map((node): AgentSight => ({
    node,
    state: 'enrolled',
    lockedReason: null,
    seenAt: now,
    problem: null,
    stanza: null,
    vetoed,
  }))
  return planPooler({ snapshot, stack, agents }, { ...wish, ...change }, now)
}

test('a pause is of all poolers, ends by itself and is confirmed by name', () => {
  const plan = planned()
  expect(plan).toMatchObject({ kind: 'pooler-pause', nodes, limitMs: 30_000, blockers: [], warnings: [] })
  expect(plan.confirm).toBe(snapshot.clusterName)
  expect(plan.sentences).toContainEqual(expect.stringContaining('After 30 s each is resumed by the agent beside it'))
})

test.each<[string, Partial<PoolerWish>, Partial<PoolerDetail>, string[], string]>([
  [
    'outlasts the patience of clients',
    { limitMs: 60_000 },
    { config: { query_wait_timeout: '60' } },
    [],
    'turns clients away',
  ],
  ['has no length', { limitMs: null }, {}, [], 'between 5 and 110 s'],
  ['is of a database that is none', { database: 'nothing' }, {}, [], 'has no database nothing'],
  ['is on already', {}, { state: 'paused' }, [], 'holds clients back already'],
  ['is forbidden by the node', {}, {}, ['clients'], 'forbid commands to its pgBouncer'],
  ['is of a node that is none', { node: 'pg-node-9' }, {}, [], 'has no node pg-node-9'],
])('a pause that %s is refused', (_, change, detail, vetoed, words) => {
  expect(planned(change, { ...away, ...detail }, vetoed).blockers).toContainEqual(expect.stringContaining(words))
})

test.each(['pause', 'kill'] as const)('a %s is refused where several processes may share a port', (act) => {
  const shared = { ...away, config: { ...away.config, so_reuseport: '1' } }
  const of = (detail: PoolerDetail) => planned({ act, limitMs: act === 'pause' ? 30_000 : null }, detail)
  const words = /^so_reuseport is 1 on pg-node-1, pg-node-2, pg-node-3: .* one of them alone\. Set /
  expect(of(shared).blockers).toEqual([expect.stringMatching(words)])
  expect(of({ ...shared, config: { ...away.config, so_reuseport: '0' } }).blockers).toEqual([])
})

test.each(['reload', 'disable', 'enable', 'resume'] as const)(
  'that a %s reaches one of several processes is warned of',
  (act) => {
    const shared = { ...away, version: '1.25.2', config: { so_reuseport: '1' } }
    const plan = planned({ act, limitMs: null }, shared)
    expect([plan.blockers, plan.warnings]).toEqual([[], [expect.stringContaining('so_reuseport')]])
    expect(planned({ act, limitMs: null }, { ...shared, config: {} }).warnings).toEqual([])
  },
)

test('session pools, and poolers of their own node, are warned of', () => {
  const pools = pool ? [{ ...pool, mode: 'session' }] : []
  expect(planned({}, madePooler({ pools })).warnings).toEqual([
    ...nodes.map(() => expect.stringContaining('pooled by session')),
    expect.stringContaining('does not follow the leader'),
  ])
})

test('a kill says that it resumes, and a reload what an old pgBouncer does not tell', () => {
  const kill = planned({ act: 'kill', limitMs: null })
  expect(kill).toMatchObject({ kind: 'pooler-command', confirm: snapshot.clusterName })
  expect(kill.sentences).toContainEqual(expect.stringContaining('resumed at once'))
  expect(planned({ act: 'reload', limitMs: null }).warnings).toEqual([expect.stringContaining('see its log')])
})
