import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { afterTakeover, withMember } from '#domain/testing/change.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { openStore, type Store } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { requestCancel } from './cancel.ts'
import { forbiddenNow } from '../engine/forbidden-now.ts'
import { requestSwitchover, type SwitchoverRequest } from './request.ts'
import { makeOperator } from '../testing/own-store.ts'
import { prepareEngine, seedCluster, showWorld } from '../testing/seed.ts'

let store: TestStore
let web: Store
let ada: AuditRecord['actor']
let bob: AuditRecord['actor']

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
  const { webUrl } = await prepareRoles(store.url)
  // As the web tier has it: every right that a request needs is proven with it.
  web = openStore(webUrl, { max: 20 })
  ada = await makeOperator(store, 'Ada')
  bob = await makeOperator(store, 'Bob')
})

afterAll(async () => {
  await web.close()
  await store[Symbol.asyncDispose]()
})

test('a request commits the operation, its steps, its audit record and the order to the workers together', async () => {
  const cluster = await seedCluster(store, 'together')
  const operation = await requestSwitchover(web, wish(cluster))

  expect(operation).toMatchObject({ state: 'planned', kind: 'switchover', epoch: 0, requestedBy: { name: 'Ada' } })
  expect(operation.plan).toMatchObject({ leader: 'pg-node-3', candidate: 'pg-node-1', timeline: 4 })
  expect(operation.planHash).toMatch(/^[0-9a-f]{64}$/)
  expect(operation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'preflight pending',
    'load pending',
    'ask pending',
    'writable pending',
    'rejoin pending',
    'verify pending',
  ])
  expect(await recordsOf(cluster)).toEqual([{ action: 'switchover.request', outcome: 'requested', id: operation.id }])
  const { rows } = await store.pool.query(
    `select status, queue_name, application_version from dbos.workflow_status where workflow_uuid = $1`,
    [operation.id],
  )
  expect(rows).toEqual([{ status: 'ENQUEUED', queue_name: 'operations', application_version: 'operations-1' }])
})

test('twenty clicks with one key are one operation', async () => {
  const cluster = await seedCluster(store, 'clicks')
  const asked = wish(cluster)
  const answers = await Promise.all(Array.from({ length: 20 }, () => requestSwitchover(web, asked)))

  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect(await recordsOf(cluster)).toHaveLength(1)
})

test('a key that comes with another wish is a conflict, and the first operation is not taken for it', async () => {
  const cluster = await seedCluster(store, 'reused')
  const asked = wish(cluster)
  const first = await requestSwitchover(web, asked)
  const elsewhere = await seedCluster(store, 'reused-elsewhere')
  const tomorrow = new Date(Date.now() + 86_400_000)
  const others: Partial<SwitchoverRequest>[] = [
    { candidate: 'pg-node-2' },
    { candidate: null },
    { kind: 'schedule-switchover', scheduledAt: tomorrow },
    { kind: 'cancel-scheduled-switchover', candidate: null },
    { cluster: elsewhere, confirmName: elsewhere.name },
  ]
  for (const other of others) {
    await expect(requestSwitchover(web, { ...asked, ...other })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /^This idempotency key was used for another wish: switching over on reused\/pg-node-3 to pg-node-1, at .* Give each wish a key of its own\.$/,
      ),
    })
  }
  expect((await requestSwitchover(web, asked)).id).toBe(first.id)
  expect((await recordsOf(elsewhere)).map(({ outcome }) => outcome)).toEqual(['refused'])
})

test('of many who ask at once one wins, and the others are told who holds the cluster since when', async () => {
  const cluster = await seedCluster(store, 'race')
  const answers = await Promise.allSettled(
    [ada, bob, ada, bob, ada, bob].map((actor) => requestSwitchover(web, { ...wish(cluster), actor })),
  )
  const won = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))

  expect(won).toHaveLength(1)
  expect(lost).toHaveLength(5)
  for (const error of lost) {
    expect(error).toMatchObject({ code: 'conflict' })
    expect(error.message).toContain(`${won[0]?.requestedBy.name} has been switching over on race since`)
  }
  expect((await recordsOf(cluster)).filter(({ outcome }) => outcome === 'refused')).toHaveLength(5)
})

test('who asks while the lead is moving is told who moves it, not how the cluster looks meanwhile', async () => {
  const cluster = await seedCluster(store, 'under-way')
  await requestSwitchover(web, wish(cluster))
  const stopping = { state: 'stopping', postgres: null } as const
  await seeAnew(cluster, withMember(healthyWorld(new Date()), 'pg-node-3', stopping))
  await expect(requestSwitchover(web, { ...wish(cluster), actor: bob })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Ada has been switching over on under-way since'),
  })
  const now = new Date()
  await seeAnew(cluster, afterTakeover(healthyWorld(now), 1))
  await expect(requestSwitchover(web, { ...wish(cluster), actor: bob })).rejects.toMatchObject({ code: 'conflict' })
})

test('a plan made for another leader, timeline or system is refused and recorded', async () => {
  const cluster = await seedCluster(store, 'drift')
  const asked = wish(cluster)
  const cases = [
    { expected: { ...asked.expected, leader: 'pg-node-1' }, says: /pg-node-3 leads now/ },
    { expected: { ...asked.expected, timeline: 3 }, says: /timeline 3 .* on timeline 4 now/ },
    { expected: { ...asked.expected, systemIdentifier: '1' }, says: /another system identifier/ },
  ]
  for (const { expected, says } of cases) {
    await expect(requestSwitchover(web, { ...asked, expected })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(says),
    })
  }
  expect((await recordsOf(cluster)).map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused'])
})

test('a candidate that lags too far is refused with its reason', async () => {
  const now = new Date()
  const world = withMember(healthyWorld(now), 'pg-node-1', { lsn: 100_000_000, replayedLsn: 100_000_000 })
  const cluster = await seedCluster(store, 'lagging', world)
  await expect(requestSwitchover(web, wish(cluster))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/pg-node-1 cannot take the lead: .*behind/),
  })
})

test('nothing is started on a picture that is old, or where there is none', async () => {
  const stale = await seedCluster(store, 'stale', healthyWorld(secondsBefore(new Date(), 60)))
  await expect(requestSwitchover(web, wish(stale))).rejects.toMatchObject({ code: 'refused' })
  const unseen = await seedCluster(store, 'unseen')
  await store.pool.query('delete from latest_snapshot where cluster_id = $1', [unseen.id])
  await expect(requestSwitchover(web, wish(unseen))).rejects.toMatchObject({ code: 'refused' })
})

test('a reason that says nothing and a name that is not the name are told by field', async () => {
  const cluster = await seedCluster(store, 'fields')
  const faulty = { ...wish(cluster), reason: ' x ', confirmName: 'field' }
  await expect(requestSwitchover(web, faulty)).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ field: 'reason' }, { field: 'confirmName' }],
  })
  await expect(requestSwitchover(web, { ...wish(cluster), reason: 'x'.repeat(501) })).rejects.toMatchObject({
    fields: [{ field: 'reason' }],
  })
  expect(await recordsOf(cluster)).toEqual([])
})

test('an operation that has not acted yet can be asked to end; one that has acted cannot', async () => {
  const cluster = await seedCluster(store, 'cancel')
  const { id } = await requestSwitchover(web, wish(cluster))
  await expect(requestCancel(web, { actor: bob, id, reason: ' x ' })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ field: 'reason' }],
  })
  await requestCancel(web, { actor: bob, id, reason: 'wrong cluster' })
  await store.pool.query(
    `update operation_step set state = 'intent', started_at = now() where operation_id = $1 and name = 'ask'`,
    [id],
  )
  await expect(requestCancel(web, { actor: bob, id, reason: 'too late' })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('point of no return'),
  })
  const { rows } = await store.pool.query('select cancel_asked_by from operation where id = $1', [id])
  expect(rows).toEqual([{ cancel_asked_by: 'Bob' }])
  expect((await recordsOf(cluster)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'switchover.request requested',
    'operations.cancel requested',
    'operations.cancel refused',
  ])
})

test('what is seen anew counts, not what was seen when the page was opened', async () => {
  const cluster = await seedCluster(store, 'anew')
  const before = wish(cluster)
  const now = new Date()
  const world = withMember(healthyWorld(now), 'pg-node-1', { tags: { nofailover: true } })
  await seeAnew(cluster, world)
  await expect(requestSwitchover(web, before)).rejects.toMatchObject({ code: 'refused' })
})

test('within maintenance of somebody else that keeps acts to its owner a switchover is refused, and recorded so', async () => {
  const cluster = await seedCluster(store, 'maintained')
  await store.pool.query(
    `insert into maintenance_window (cluster_id, reason, owner_id, owner_name, forbids, starts_at, ends_at)
     values ($1, 'kernel update', $2, 'Bob', 'acts-of-others', now(), now() + interval '1 hour')`,
    [cluster.id, bob.id],
  )
  await expect(requestSwitchover(web, wish(cluster))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('Bob has maintenance on it until'),
  })
  expect(await recordsOf(cluster)).toEqual([{ action: 'switchover.request', outcome: 'refused', id: null }])
  const operation = await requestSwitchover(web, { ...wish(cluster), actor: bob })
  expect(operation.state).toBe('planned')
  // The worker asks again before it acts.
  expect(await forbiddenNow(store, operation, 'switchover.request')).toBeNull()
  const byAda = { ...operation, requestedBy: { id: ada.id ?? '', name: ada.name } }
  expect(await forbiddenNow(store, byAda, 'switchover.request')).toContain('Bob has')
})

async function seeAnew(cluster: ClusterConfig, world: World): Promise<void> {
  await store.pool.query('delete from latest_snapshot where cluster_id = $1', [cluster.id])
  await showWorld(store, cluster, world)
}

function wish(cluster: ClusterConfig): SwitchoverRequest {
  const { systemIdentifier } = healthyWorld(new Date())
  return {
    actor: ada,
    cluster,
    kind: 'switchover',
    candidate: 'pg-node-1',
    scheduledAt: null,
    reason: 'kernel update of pg-node-3',
    confirmName: cluster.name,
    expected: { leader: 'pg-node-3', timeline: 4, systemIdentifier },
    idempotencyKey: randomUUID(),
  }
}

async function recordsOf(cluster: ClusterConfig) {
  const { rows } = await store.pool.query<{ action: string; outcome: string; id: string | null }>(
    'select action, outcome, operation_id as id from audit_event where cluster_id = $1 order by seq',
    [cluster.id],
  )
  return rows
}
