import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { StackPlan } from '#domain/plan/plan.ts'
import { planPooler } from '#domain/plan/plan-pooler.ts'
import { planSignal } from '#domain/plan/plan-signal.ts'
import type { PoolerAct } from '#domain/plan/pooler-plan.ts'
import { madeAgents } from '#domain/testing/restore-case.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { openStore, type Store } from '#server/store/open.ts'
import { activeOperation, readActiveOperation } from '#server/store/operations.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestStackAct, type StackRequest } from './request-stack-act.ts'
import { makeOperator } from '../testing/own-store.ts'
import { prepareEngine, seedCluster } from '../testing/seed.ts'

let store: TestStore
let web: Store
let ada: AuditRecord['actor']

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
  // With the rights of the web tier.
  web = openStore((await prepareRoles(store.url)).webUrl, { max: 20 })
  ada = await makeOperator(store)
})

afterAll(async () => {
  await web.close()
  await store[Symbol.asyncDispose]()
})

type Said = Partial<Pick<StackRequest, 'confirm' | 'idempotencyKey' | 'reason'>>

function askFor(
  cluster: ClusterConfig,
  { kind, plan, isSameWish }: Pick<StackRequest, 'kind' | 'plan' | 'isSameWish'>,
  said: Said,
) {
  const base = { reason: 'clients wait', confirm: null, idempotencyKey: null, ...said }
  const named = { action: 'poolers.command', target: cluster.name, asked: {} }
  return requestStackAct(web, { actor: ada, cluster, kind, plan, isSameWish, ...base, ...named })
}

function pooler(cluster: ClusterConfig, act: PoolerAct, said: Said = {}) {
  const wish = { act, node: 'pg-node-1', database: null, limitMs: act === 'pause' ? 20_000 : null }
  return askFor(
    cluster,
    {
      kind: act === 'pause' ? 'pooler-pause' : 'pooler-command',
      isSameWish: (known: StackPlan) => 'act' in known && known.act === act,
      plan: ({ snapshot, now }) => {
        const agents = Object.values(madeAgents()).map((agent) => ({ ...agent, seenAt: now }))
        return Promise.resolve({ plan: planPooler({ snapshot, stack: null, agents }, wish, now), excluded: null })
      },
    },
    said,
  )
}

function signal(cluster: ClusterConfig, said: Said = {}) {
  const wish = {
    act: 'terminate',
    member: 'pg-node-1',
    pid: 4_711,
    backendStart: new Date('2026-11-26T05:00:00Z'),
  } as const
  return askFor(
    cluster,
    {
      kind: 'signal-backend',
      isSameWish: (known: StackPlan) => known.kind === 'signal-backend',
      plan: ({ snapshot, now }) =>
        Promise.resolve({ plan: planSignal({ snapshot, stack: null }, wish, now), excluded: null }),
    },
    said,
  )
}

test('a double click is one operation, with one record and its steps', async () => {
  const cluster = await seedCluster(store, 'clicks')
  const idempotencyKey = randomUUID()
  const asked = await Promise.all(Array.from({ length: 8 }, () => signal(cluster, { idempotencyKey })))
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
  expect(asked[0]?.steps.map(({ name }) => name)).toEqual(['preflight', 'send', 'verify'])
  expect(await recordsOf(cluster)).toEqual(['poolers.command requested'])
  await expect(pooler(cluster, 'reload', { idempotencyKey })).rejects.toMatchObject({ code: 'conflict' })
})

test('a pause holds a lane of its own: a resume and a signal go beside it, a second pause does not', async () => {
  const cluster = await seedCluster(store, 'beside')
  const held = await pooler(cluster, 'pause', { confirm: 'beside' })
  expect(held).toMatchObject({ kind: 'pooler-pause', plan: { nodes: ['pg-node-1'], limitMs: 20_000 } })
  expect(await pooler(cluster, 'resume')).toMatchObject({ kind: 'pooler-command', state: 'planned' })
  await expect(signal(cluster)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('one command on its sessions, poolers and proxies at a time'),
  })
  await expect(pooler(cluster, 'pause', { confirm: 'beside' })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('resume it, or wait for its limit'),
  })
  // Whoever has to move the lead is held up by neither.
  expect(await activeOperation(store, cluster.id)).toBeNull()
  expect(await readActiveOperation(store.pool, cluster.id, 'pause')).toMatchObject({ id: held.id })
})

test('what cuts clients off or holds them back needs the name typed, and a reason', async () => {
  const cluster = await seedCluster(store, 'typed')
  for (const act of ['pause', 'kill'] as const) {
    await expect(pooler(cluster, act)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('type typed to confirm it'),
    })
    await expect(pooler(cluster, act, { confirm: 'other' })).rejects.toMatchObject({ code: 'refused' })
  }
  await expect(signal(cluster, { reason: ' ' })).rejects.toMatchObject({ code: 'invalid' })
  expect(await readActiveOperation(store.pool, cluster.id, 'stack')).toBeNull()
  expect(await recordsOf(cluster)).toEqual(Array.from({ length: 4 }, () => 'poolers.command refused'))
})

async function recordsOf({ id }: ClusterConfig): Promise<string[]> {
  const { rows } = await store.pool.query<{ entry: string }>(
    `select action || ' ' || outcome as entry from audit_event where cluster_id = $1 order by seq`,
    [id],
  )
  return rows.map(({ entry }) => entry)
}
