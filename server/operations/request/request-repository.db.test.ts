import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { RepositoryWish } from '#domain/plan/repository-plan.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { openStore, type Store } from '#server/store/open.ts'
import { activeOperation } from '#server/store/operations.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestOperation } from './request-operation.ts'
import { requestRepository } from './request-repository.ts'
import { restorePlan } from '../restore/testing/restore-plan.ts'
import { makeOperator } from '../testing/own-store.ts'
import { prepareEngine, seedCluster } from '../testing/seed.ts'

let store: TestStore
let web: Store
let ada: AuditRecord['actor']

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
  web = openStore((await prepareRoles(store.url)).webUrl, { max: 5 })
  ada = await makeOperator(store)
})

afterAll(async () => {
  await web.close()
  await store[Symbol.asyncDispose]()
})

const seenAt = new Date(Date.now() + 3_600_000)
const sight = { node: 'pg-node-3', state: 'enrolled', lockedReason: null, problem: null, vetoed: [] } as const
const agents: AgentSight[] = [{ ...sight, seenAt, stanza: 'main' }]
const preview = { backups: [{ repository: 1, label: '20261125-151700F' }], archives: [] }

function ask(cluster: ClusterConfig, wish: Partial<RepositoryWish>, confirmName: string | null = null) {
  const asked: RepositoryWish = { kind: 'repository-check', repository: 1, set: null, ...wish }
  const said = { reason: 'once a month', confirmName, idempotencyKey: null, action: 'repositories.request' }
  return requestRepository(web, { actor: ada, cluster, wish: asked, agents, view: null, ...said })
}

test('a chore is kept with its steps, and holds the lane of backups alone', async () => {
  const cluster = await seedCluster(store, 'chores')
  const operation = await ask(cluster, { kind: 'repository-expire', preview }, 'chores')
  expect(operation).toMatchObject({
    kind: 'repository-expire',
    state: 'planned',
    plan: { node: 'pg-node-3', stanza: 'main', repository: 1, preview },
  })
  expect(operation.steps.map(({ name }) => name)).toEqual(['preflight', 'preview', 'do', 'conclude'])
  expect(await activeOperation(store, cluster.id)).toBeNull()
  await expect(ask(cluster, {})).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Ada has been expiring old backups on chores since'),
  })
})

test('nothing expires that was not shown, nor without the name typed', async () => {
  const cluster = await seedCluster(store, 'shown')
  await expect(ask(cluster, { kind: 'repository-expire' }, 'shown')).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('Look first at what would go'),
  })
  await expect(ask(cluster, { kind: 'repository-expire', preview }, 'other')).rejects.toMatchObject({ code: 'invalid' })
  expect(await ask(cluster, { kind: 'repository-verify' })).toMatchObject({ kind: 'repository-verify' })
})

test('while a cluster is recovered nothing expires, and its repositories can still be checked', async () => {
  const cluster = await seedCluster(store, 'recovering')
  await requestOperation(web, {
    actor: ada,
    cluster,
    kind: 'restore',
    reason: 'rows were dropped',
    idempotencyKey: null,
    action: 'restores.request',
    target: cluster.name,
    asked: {},
    isSameWish: () => false,
    plan: () =>
      Promise.resolve({ plan: restorePlan({ clusterId: cluster.id, clusterName: cluster.name }), drift: null }),
  })
  await expect(ask(cluster, { kind: 'repository-expire', preview }, 'recovering')).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('Ada is recovering recovering'),
  })
  expect(await ask(cluster, {})).toMatchObject({ kind: 'repository-check' })
})
