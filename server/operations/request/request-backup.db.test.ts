import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AgentSight, BackupWish } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { openStore, type Store } from '#server/store/open.ts'
import { activeOperation, activeOperations } from '#server/store/operations.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { fleetRows } from '#server/store/snapshots.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestBackup, type BackupRequest } from './request-backup.ts'
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

test('operation, steps, audit record and the order to the workers are committed together', async () => {
  const cluster = await seedCluster(store, 'together')
  const operation = await requestBackup(web, asked(cluster))
  expect(operation).toMatchObject({
    kind: 'backup',
    state: 'planned',
    plan: { kind: 'backup', node: 'pg-node-3', type: 'full', stanza: 'main', repository: 1 },
    steps: [
      { name: 'preflight', title: 'Look at the cluster and its repository again' },
      { name: 'ask', title: 'Ask the agent on pg-node-3 for a full backup' },
      { name: 'follow', title: 'Follow pgBackRest on pg-node-3 to its end' },
      { name: 'verify', title: 'Check that repository 1 lists the new backup' },
    ],
  })
  const { rows } = await store.pool.query(
    `select a.action, a.target, a.outcome, o.lane, s.status
       from audit_event a join operation o on o.id = a.operation_id
       join dbos.workflow_status s on s.workflow_uuid = o.id::text where a.cluster_id = $1`,
    [cluster.id],
  )
  expect(rows).toEqual([
    { action: 'backups.request', target: 'together', outcome: 'requested', lane: 'backup', status: 'ENQUEUED' },
  ])
})

test('what is under way in the lane of backups does not hold the lead', async () => {
  const cluster = await seedCluster(store, 'lanes')
  const { id } = await requestBackup(web, asked(cluster))
  expect(await activeOperation(store, cluster.id)).toBeNull()
  expect(await activeOperation(store, cluster.id, 'backup')).toMatchObject({ id })
  expect(await activeOperations(store, cluster.id)).toMatchObject([{ id }])
  expect(await fleetRows(store, [cluster.id])).toMatchObject([{ activeOperation: null }])
})

test('the same click is one backup, another is told who is at it, and a key is good for one wish', async () => {
  const cluster = await seedCluster(store, 'twice')
  const first = asked(cluster)
  const [one, other] = await Promise.all([requestBackup(web, first), requestBackup(web, first)])
  expect(one.id).toBe(other.id)
  await expect(requestBackup(web, asked(cluster))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Ada has been taking a backup on twice since'),
  })
  const changed = { ...first, wish: { ...wish, type: 'diff' as const } }
  await expect(requestBackup(web, changed)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('used for another wish: taking a backup on twice/pg-node-3'),
  })
})

test('what stands in the way is refused and recorded, a reason that says nothing is told by field', async () => {
  const cluster = await seedCluster(store, 'refused')
  await expect(requestBackup(web, { ...asked(cluster), agents: [] })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('No agent is enrolled on pg-node-3'),
  })
  await expect(requestBackup(web, { ...asked(cluster), reason: ' ' })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ field: 'reason' }],
  })
  const { rows } = await store.pool.query('select action, outcome from audit_event where cluster_id = $1', [cluster.id])
  expect(rows).toEqual([{ action: 'backups.request', outcome: 'refused' }])
})

const wish: BackupWish = { type: 'full', repository: 1, fromStandby: false, startFast: true, stanza: null }

function asked(cluster: ClusterConfig): BackupRequest {
  const sight = { node: 'pg-node-3', state: 'enrolled', lockedReason: null, problem: null, vetoed: [] } as const
  const agents: AgentSight[] = [{ ...sight, seenAt: new Date(), stanza: 'main' }]
  return { actor: ada, cluster, wish, agents, reason: 'before the upgrade', idempotencyKey: randomUUID() }
}
