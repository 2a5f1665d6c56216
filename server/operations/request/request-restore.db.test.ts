import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RestoreWish } from '#domain/plan/restore-plan.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestRestore } from './request-restore.ts'
import { makeOperator } from '../testing/own-store.ts'
import { prepareEngine, seedCluster } from '../testing/seed.ts'

let store: TestStore
let ada: AuditRecord['actor']

beforeAll(async () => {
  store = await openTestStore({ max: 5 })
  await prepareEngine(store)
  ada = await makeOperator(store)
})

afterAll(() => store[Symbol.asyncDispose]())

const wish: RestoreWish = {
  target: { type: 'time', at: new Date(Date.now() - 60_000), timeline: null },
  repository: null,
  check: null,
  commitsAlone: false,
  clientsBack: 'writable',
}

async function request(name: string, more: { confirmName?: string; reason?: string; leader?: string } = {}) {
  const cluster = await seedCluster(store, name)
  return requestRestore(store, {
    actor: ada,
    cluster,
    wish,
    agents: [],
    reason: more.reason ?? 'rows were dropped',
    confirmName: more.confirmName ?? name,
    expected: { leader: more.leader ?? 'pg-node-3', timeline: 4, systemIdentifier: null },
    idempotencyKey: null,
  })
}

test('the name is typed and the reason said before anything is looked at', async () => {
  await expect(request('restore-typed', { confirmName: 'restore-type', reason: '' })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ field: 'reason' }, { field: 'confirmName' }],
  })
})

test('a plan with anything in its way is refused with all of it, and the refusal is on record', async () => {
  await expect(request('restore-unread')).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/backups of this cluster have not been read yet/),
  })
  const { rows } = await store.pool.query<{ outcome: string; asked: { clientsBack: string } }>(
    `select outcome, detail->'asked' as asked from audit_event where action = 'restores.request' and cluster_name = 'restore-unread'`,
  )
  expect(rows).toMatchObject([{ outcome: 'refused', asked: { clientsBack: 'writable' } }])
})

test('a plan that was made for another leader is refused', async () => {
  await expect(request('restore-drifted', { leader: 'pg-node-1' })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('The plan was made while pg-node-1 led'),
  })
})
