import { expect, test } from 'vitest'
import type { AgentSight } from './backup-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planRelease } from './plan-release.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const now = new Date('2026-11-25T12:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const id = '2b7a4c55-6c9e-4b0f-9d27-0a4f4f1c9e11'
const attempt = '9f0c1d1e-7d31-8c55-8a6e-5b1f0a1c2d3e'
const agent = (node: string, more: Partial<AgentSight> = {}): AgentSight => ({
  node,
  state: 'enrolled',
  lockedReason: null,
  seenAt: now,
  problem: null,
  vetoed: [],
  ...more,
})
const agents = [agent('pg-node-1'), agent('pg-node-2')]

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is asked of an operation here is all there
const of = (more: object) =>
  ({ id, state: 'succeeded', requestedAt: now, result: null, plan: {}, ...more }) as Operation

const recovered = of({
  kind: 'restore',
  plan: { kind: 'restore', targetWords: '11:00' },
  result: { kind: 'restore', keptAside: [{ node: 'pg-node-1', name: id }] },
})
const rehearsed = of({
  kind: 'rehearsal',
  plan: { kind: 'rehearsal', node: 'pg-node-2' },
  result: { kind: 'rehearsal', extract: { node: 'pg-node-2', name: id, bytes: 2_048, sha256: '' } },
})

test('what a recovery set aside is let go, that which only agents see as well', () => {
  const seen = [
    agent('pg-node-1'),
    agent('pg-node-2', {
      keptAside: [
        { name: id, since: now },
        { name: 'other', since: now },
      ],
    }),
  ]
  const plan = planRelease({ snapshot, attempt, agents: seen, of: recovered, now })
  expect(plan.kept).toEqual(['pg-node-1', 'pg-node-2'].map((node) => ({ node, name: id })))
  expect(plan.blockers).toEqual([])
  expect(plan.warnings[0]).toContain('after 11:00')
})

test('what a recovery had recovered and gave up is let go where an agent still sees it', () => {
  const abandoned = { ...recovered, state: 'cancelled', result: null } as const
  const seen = [agent('pg-node-1', { keptAside: [{ name: attempt, since: now }] }), agent('pg-node-2')]
  const plan = planRelease({ snapshot, attempt, agents: seen, of: abandoned, now })
  expect(plan).toMatchObject({ kept: [{ node: 'pg-node-1', name: attempt }], blockers: [], warnings: [] })
  expect(plan.sentences[0]).toContain('gave up')
  expect(plan.pointOfNoReturn).not.toContain('data of before')
  // Of a rehearsal nothing can lie under that name.
  expect(planRelease({ snapshot, attempt, agents: seen, of: rehearsed, now }).kept).toEqual([
    { node: 'pg-node-2', name: id },
  ])
})

test('the file of a rehearsal is let go, and what a failed one may have left', () => {
  const plan = planRelease({ snapshot, attempt, agents, of: rehearsed, now })
  expect(plan).toMatchObject({ kept: [{ node: 'pg-node-2', name: id }], blockers: [], warnings: [] })
  expect(plan.sentences[0]).toContain('2 kB')
  const failed = { ...rehearsed, state: 'failed', result: null } as const
  expect(planRelease({ snapshot, attempt, agents, of: failed, now }).kept).toEqual([{ node: 'pg-node-2', name: id }])
})

test.each([
  ['it has not ended', { ...recovered, state: 'running' as const }, agents, /not ended/],
  ['it left nothing', { ...recovered, result: null }, agents, /left nothing/],
  ['it is neither', of({ kind: 'backup' }), agents, /Only a recovery/],
  ['no agent is there', recovered, [], /No agent is enrolled on pg-node-1/],
  ['a node forbids it', recovered, [agent('pg-node-1', { vetoed: ['data'] })], /forbid/],
])('nothing is let go where %s', (_, operation, sights, says) => {
  expect(planRelease({ snapshot, attempt, agents: sights, of: operation, now }).blockers.join(' ')).toMatch(says)
})
