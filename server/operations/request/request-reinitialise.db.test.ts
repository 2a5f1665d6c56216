import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { afterTakeover } from '#domain/testing/change.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { activeOperation } from '#server/store/operations.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { ApprovalStage, type Person } from '../approvals/testing/approval-stage.ts'
import { requestReinitialise, type ReinitialiseRequest } from './request-reinitialise.ts'
import { seedCluster } from '../testing/seed.ts'

let stage: ApprovalStage
let ada: Person
let bob: Person

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  ada = await stage.person('Ada', 'operator')
  bob = await stage.person('Bob', 'admin')
})

afterAll(() => stage[Symbol.asyncDispose]())

const member = 'pg-node-1'

function ask(cluster: ClusterConfig, part: Partial<ReinitialiseRequest> = {}) {
  const { systemIdentifier } = healthyWorld(new Date())
  return requestReinitialise(stage.web, {
    actor: ada,
    cluster,
    wish: { member, force: false },
    agents: [],
    stack: null,
    reason: 'it does not catch up',
    confirm: member,
    expected: { leader: 'pg-node-3', timeline: 4, systemIdentifier },
    idempotencyKey: randomUUID(),
    ...part,
  })
}

const governed = (name: string) => stage.governed(name, { acts: ['reinitialise'] })

test('where a policy governs it, another person approves of this plan, and then who asked runs it', async () => {
  const cluster = await governed('copied')
  await expect(ask(cluster)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/another person approves it.*Ask for approval/),
  })
  const asked = await ask(cluster, { approval: 'ask' })
  expect(asked).toMatchObject({ state: 'proposed', plan: { member, leader: 'pg-node-3', timeline: 4 } })
  expect(await activeOperation(stage.store, cluster.id, 'replica')).toBeNull()
  await expect(stage.run(asked, ada)).rejects.toThrow('One approval is missing still. Nothing was done.')
  await stage.decide(asked, bob)
  await stage.run(asked, ada)
  // The cluster cannot be reached here.
  expect(await stage.ended(asked)).toMatchObject({ state: 'failed', planHash: asked.planHash })
  expect(await stage.actions(asked)).toEqual([
    'replicas.reinitialise requested',
    'approvals.approve done',
    'approvals.run requested',
    'operations.reinitialise failed',
  ])
})

test('an approval is of this leader and timeline: after a takeover it is void', async () => {
  const cluster = await governed('moved')
  const asked = await ask(cluster, { approval: 'ask' })
  await stage.decide(asked, bob)
  await stage.see(cluster, afterTakeover(healthyWorld(new Date()), 60))
  await expect(stage.run(asked, ada)).rejects.toThrow(/is void and nothing was done/)
})

test('it waits for a move of the lead, also where it was approved before that began', async () => {
  const cluster = await governed('busy')
  const asked = await ask(cluster, { approval: 'ask' })
  await stage.decide(asked, bob)
  const moving = await stage.ask(cluster, ada, { approval: undefined })
  await expect(stage.run(asked, ada)).rejects.toThrow(/is switching over on busy/)
  await expect(ask(await seeded('other'))).resolves.toMatchObject({ state: 'planned' })
  expect(await stage.ended(moving)).toMatchObject({ state: 'failed' })
})

test('one replica at a time, and beside it the lead may move', async () => {
  const cluster = await seeded('two')
  await stage.stop()
  const key = randomUUID()
  const first = await ask(cluster, { idempotencyKey: key })
  expect((await ask(cluster, { idempotencyKey: key })).id).toBe(first.id)
  const second = { member: 'pg-node-2', force: false }
  await expect(ask(cluster, { wish: second, confirm: 'pg-node-2' })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('one replica at a time'),
  })
  await expect(ask(cluster, { wish: { member, force: true }, idempotencyKey: key })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('used for another wish'),
  })
  await expect(stage.ask(cluster, ada, { approval: undefined })).resolves.toMatchObject({ state: 'planned' })
  await stage.start()
})

test.each<[string, Partial<ReinitialiseRequest>, object]>([
  ['of the leader', { wish: { member: 'pg-node-3', force: false }, confirm: 'pg-node-3' }, { code: 'refused' }],
  [
    'whose plan is of another leader',
    { expected: { leader: 'pg-node-2', timeline: 4, systemIdentifier: null } },
    { code: 'refused' },
  ],
  [
    'whose plan is of another timeline',
    { expected: { leader: 'pg-node-3', timeline: 3, systemIdentifier: null } },
    { code: 'refused' },
  ],
  ['with the name not typed', { confirm: 'pg-node-2' }, { code: 'invalid' }],
  ['without a reason', { reason: '' }, { code: 'invalid' }],
])('one %s is refused, and nothing is kept to be done', async (_, part, refusal) => {
  const cluster = await seeded(`refused-${randomUUID().slice(0, 8)}`)
  await expect(ask(cluster, part)).rejects.toMatchObject(refusal)
  expect(await activeOperation(stage.store, cluster.id, 'replica')).toBeNull()
})

function seeded(name: string): Promise<ClusterConfig> {
  return seedCluster(stage.store, name)
}
