import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { ApprovalStage, type Person } from './approvals/testing/approval-stage.ts'
import { requestDecision } from './request/request-decision.ts'
import { type ApprovalWish, requestOperation } from './request/request-operation.ts'
import { restorePlan } from './restore/testing/restore-plan.ts'
import { untilEnded, untilOperation } from './testing/await-operation.ts'
import { forgeDecision } from './testing/forge-decision.ts'
import { seedCluster } from './testing/seed.ts'
import { WorkerProcesses } from './testing/worker-processes.ts'

let stage: ApprovalStage
let ada: Person
let bob: Person
const folder = mkdtempSync(join(tmpdir(), 'matriarch-restore-approved-'))
const workers = new WorkerProcesses()

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  // The workers of these tests are processes of their own.
  await stage.stop()
  stage.stop = () => Promise.resolve()
  ada = await stage.person('Ada', 'operator')
  bob = await stage.person('Bob', 'admin')
})

afterEach(() => workers.endAll())

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await stage[Symbol.asyncDispose]()
})

const slowly = { timeout: 300_000 }
const earlier = { type: 'time', at: new Date('2026-11-24T00:10:00Z'), timeline: null } as const
const askAnew = 'To recover to another moment, bring the old cluster back and ask anew.'

test('what another person approved goes to the target that was approved and to no other', slowly, async () => {
  const cluster = await stage.governed('approved', { acts: ['restore'] })
  const asked = await ask(cluster, 'ask')
  await stage.decide(asked, bob)
  await stage.run(asked, ada)
  startWorker(asked)
  const first = await untilAsked(asked)
  expect(waysOf(first)).toEqual(['commit', 'abandon'])
  expect(first.question?.sentence).toContain(`It was approved for one target alone. ${askAnew}`)
  await expect(move(first)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('It was approved for one target alone.'),
  })
  await forgeDecision(stage.store, ada, first, { way: 'move', target: earlier })
  const second = await untilAskedAfter(first)
  expect(second.question?.sentence).toContain('The way "move" was not offered')
  expect(waysOf(second)).toEqual(['commit', 'abandon'])
  await decide(second, 'commit')
  expect((await untilEnded(stage.store, asked)).state).toBe('succeeded')
})

test('where a step of it failed it is not moved either', slowly, async () => {
  const cluster = await stage.governed('approved-failing', { acts: ['restore'] })
  const asked = await ask(cluster, 'ask')
  await stage.decide(asked, bob)
  await stage.run(asked, ada)
  startWorker(asked, 'recover')
  const { question } = await untilAsked(asked)
  expect(question?.ways.map(({ kind }) => kind)).toEqual(['retry', 'abandon', 'leave'])
  expect(question?.sentence).toContain(askAnew)
})

test('a policy that came while it was asked takes the way away that was offered before', slowly, async () => {
  const cluster = await seedCluster(stage.store, 'policy-came')
  const asked = await ask(cluster)
  startWorker(asked)
  const first = await untilAsked(asked)
  expect(waysOf(first)).toEqual(['commit', 'move', 'abandon'])
  await stage.policy(cluster, { acts: ['restore'] })
  const why = /By the policy of policy-came .* another person would have to approve another target/
  await expect(move(first)).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(why) })
  await forgeDecision(stage.store, ada, first, { way: 'move', target: earlier })
  const second = await untilAskedAfter(first)
  expect(second.question?.sentence).toMatch(why)
  expect(second.question?.sentence).toContain('The decision is not followed.')
  expect(waysOf(second)).toEqual(['commit', 'abandon'])
})

test('who broke the glass answers for it alone, wherever it goes', slowly, async () => {
  const cluster = await stage.governed('alone', { acts: ['restore'] })
  const asked = await ask(cluster, 'break-glass')
  startWorker(asked)
  expect(waysOf(await untilAsked(asked))).toEqual(['commit', 'move', 'abandon'])
})

async function ask(cluster: ClusterConfig, approval?: ApprovalWish): Promise<Operation> {
  const { leader, timeline, systemIdentifier } = planOf(cluster)
  expect({ leader, timeline }).toEqual({ leader: 'pg-node-3', timeline: 4 })
  expect(systemIdentifier).toBe(healthyWorld(new Date()).systemIdentifier)
  return requestOperation(stage.web, {
    actor: ada,
    cluster,
    kind: 'restore',
    reason: 'rows of orders were dropped',
    idempotencyKey: null,
    action: 'restores.request',
    target: cluster.name,
    asked: {},
    approval,
    isSameWish: () => false,
    plan: () => Promise.resolve({ plan: planOf(cluster), drift: null }),
  })
}

function planOf(cluster: ClusterConfig) {
  const nodes = { leader: 'pg-node-3', node: 'pg-node-3', replicas: ['pg-node-1', 'pg-node-2'] }
  return restorePlan({ clusterId: cluster.id, clusterName: cluster.name, ...nodes })
}

function move(operation: Operation): Promise<Operation> {
  return decide(operation, 'move')
}

function decide({ id, question }: Operation, way: 'move' | 'commit'): Promise<Operation> {
  const target = way === 'move' ? earlier : null
  const step = question?.step ?? 0
  return requestDecision(stage.web, { actor: ada, id, step, way, target, reason: 'the test says so' })
}

function waysOf({ question }: Operation): string[] {
  return question?.ways.map(({ kind }) => kind) ?? []
}

function startWorker({ id }: Operation, failing = ''): void {
  workers.start('restore-worker', [stage.store.url, join(folder, id), `w-${id}`, '', failing])
}

function untilAsked(asked: Operation): Promise<Operation> {
  return untilOperation(stage.store, asked, ({ question }) => question !== null)
}

function untilAskedAfter(before: Operation): Promise<Operation> {
  return untilOperation(stage.store, before, ({ question }) => (question?.step ?? 0) > (before.question?.step ?? 0))
}
