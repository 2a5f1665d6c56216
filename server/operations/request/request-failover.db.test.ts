import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { afterTakeover, dead, withMember } from '#domain/testing/change.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { ApprovalStage, type Person } from '../approvals/testing/approval-stage.ts'
import { requestFailover, type FailoverRequest } from './request-failover.ts'

let stage: ApprovalStage
let ada: Person
let bob: Person

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  ada = await stage.person('Ada', 'operator')
  bob = await stage.person('Bob', 'admin')
})

afterAll(() => stage[Symbol.asyncDispose]())

/** In pause, the leader's machine gone: nobody takes over. */
function leaderless(): World {
  const at = new Date()
  const world = withMember(healthyWorld(at), 'pg-node-3', dead(secondsBefore(at, 90), false))
  return { ...world, leader: null, leaderChangedAt: secondsBefore(at, 60), config: { ...world.config, pause: true } }
}

function ask(cluster: ClusterConfig, part: Partial<FailoverRequest> = {}): Promise<Operation> {
  const { systemIdentifier } = healthyWorld(new Date())
  return requestFailover(stage.web, {
    actor: ada,
    cluster,
    candidate: 'pg-node-1',
    reason: 'the machine of pg-node-3 has burned down',
    confirmName: cluster.name,
    expected: { leader: '', timeline: 4, systemIdentifier },
    idempotencyKey: randomUUID(),
    ...part,
  })
}

async function orphan(name: string, isGoverned: boolean): Promise<ClusterConfig> {
  const cluster = await stage.governed(name, { acts: isGoverned ? ['failover'] : ['restore'] })
  await stage.see(cluster, leaderless())
  return cluster
}

test('a request keeps the plan with what is lost, and its steps', async () => {
  const cluster = await orphan('plain', false)
  const key = randomUUID()
  const asked = await ask(cluster, { idempotencyKey: key })
  expect(asked).toMatchObject({ state: 'planned', kind: 'failover' })
  expect(asked.plan).toMatchObject({
    leader: '',
    candidate: 'pg-node-1',
    timeline: 4,
    loss: { bytes: 0, isNothing: false },
  })
  expect(asked.steps.map(({ name }) => name)).toEqual(['preflight', 'ask', 'writable', 'follow', 'verify'])
  expect((await ask(cluster, { idempotencyKey: key })).id).toBe(asked.id)
  await expect(ask(cluster, { idempotencyKey: key, candidate: 'pg-node-2' })).rejects.toThrow(
    `This idempotency key was used for another wish: failing over on ${cluster.name} to pg-node-1, at `,
  )
  await expect(ask(cluster)).rejects.toMatchObject({ code: 'conflict' })
  expect(await stage.actions(asked)).toEqual(['failover.request requested'])
})

test('without the name and a reason nothing is asked for', async () => {
  const cluster = await orphan('unconfirmed', false)
  await expect(ask(cluster, { confirmName: 'other', reason: ' ' })).rejects.toMatchObject({ code: 'invalid' })
})

test('a plan of another moment is refused: somebody leads by then, or led meanwhile', async () => {
  const cluster = await orphan('moved-on', false)
  const { systemIdentifier } = healthyWorld(new Date())
  await expect(ask(cluster, { expected: { leader: '', timeline: 3, systemIdentifier } })).rejects.toThrow(
    'The plan was made on timeline 3 of moved-on, which is on timeline 4 now',
  )
  await stage.see(cluster, healthyWorld(new Date()))
  await expect(ask(cluster)).rejects.toThrow(
    'The plan was made while nobody led moved-on; pg-node-3 leads now. Look at the cluster again before you act.',
  )
  const current = { leader: 'pg-node-3', timeline: 4, systemIdentifier }
  await expect(ask(cluster, { expected: current })).rejects.toThrow('switch over instead')
})

test('where a policy governs it, another person approves exactly this', async () => {
  const cluster = await orphan('governed', true)
  await expect(ask(cluster)).rejects.toThrow(/By the policy of governed .* Ask for approval/)
  const asked = await ask(cluster, { approval: 'ask' })
  expect(asked).toMatchObject({ state: 'proposed', approval: { need: { approvals: 1 } } })
  await stage.decide(asked, bob)
  await stage.run(asked, ada)
  // Approved, it comes as far as any other: to the cluster, which cannot be reached here.
  expect(await stage.ended(asked)).toMatchObject({ state: 'failed', planHash: asked.planHash })
  expect(await stage.actions(asked)).toEqual([
    'failover.request requested',
    'approvals.approve done',
    'approvals.run requested',
    'operations.failover failed',
  ])
})

test.each<[string, () => World, RegExp]>([
  ['leads by then', () => afterTakeover(healthyWorld(new Date()), 5), /nobody led .*; pg-node-1 leads now/],
  [
    'led meanwhile',
    () => {
      const world = leaderless()
      const endedAt = secondsBefore(world.at, 30)
      return { ...world, history: [...world.history, { timeline: 4, newLeader: 'pg-node-2', endedAt }] }
    },
    /asked for on timeline 4 .* on timeline 5 now/,
  ],
])('an approval does not hold where somebody %s', async (name, world, sentence) => {
  const cluster = await orphan(`void-${name.replaceAll(' ', '-')}`, true)
  const asked = await ask(cluster, { approval: 'ask' })
  await stage.decide(asked, bob)
  await stage.see(cluster, world())
  await expect(stage.run(asked, ada)).rejects.toThrow(sentence)
})
