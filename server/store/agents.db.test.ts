import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { changeAgent, putAgent } from './agent-changes.ts'
import {
  endOpenInvitation,
  expireInvitations,
  insertInvitation,
  keepRefusal,
  newestInvitations,
  readInvitationSecret,
  recentInvitations,
  useInvitation,
} from './agent-invitations.ts'
import { agentsToWatch, findAgent, listAgents, removeAgent } from './agents.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from './keys.ts'
import { inTransaction, openStore, type Store } from './open.ts'
import { prepareRoles } from './roles.ts'
import { loadSigningKey, publishSigningKey, readSigningKey } from './signing-key.ts'
import { takeName } from './workers.ts'

const clusterId = randomUUID()
let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-agents-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

test('the secret of an invitation reaches the worker sealed, and is gone once the invitation has ended', async () => {
  await using store = await openTestStore()
  await prepare(store)
  const { webUrl } = await prepareRoles(store.url)
  const web = openStore(webUrl, { max: 1 })
  try {
    const first = await invite(web)
    expect(await readInvitationSecret(store.pool, keys, first)).toBe('secret')
    const second = await invite(web)
    expect(await readInvitationSecret(store.pool, keys, first)).toBeNull()
    expect(await newestInvitations(web, clusterId)).toMatchObject([{ id: second, endedAt: null, outcome: null }])
    expect(await recentInvitations(store, 'worker-1')).toMatchObject([
      { id: second, clusterName: 'main' },
      { id: first, outcome: 'replaced' },
    ])
    expect(await recentInvitations(store, 'worker-2')).toEqual([])
    await inTransaction(web, (tx) => endOpenInvitation(tx, clusterId, 'pg-node-1', 'cancelled'))
    const reopen = `update agent_invitation set ended_at = null, outcome = null, sealed = '\\x00'`
    await expect(web.pool.query(reopen)).rejects.toMatchObject({ code: '42501' })
  } finally {
    await web.close()
  }
  expect(await readInvitationSecret(store.pool, keys, await invite(store, -1))).toBeNull()
  await expireInvitations(store)
  const { rows } = await store.pool.query('select outcome, sealed from agent_invitation order by created_at')
  expect(rows).toEqual(['replaced', 'cancelled', 'expired'].map((outcome) => ({ outcome, sealed: null })))
})

test('an invitation is used once', async () => {
  await using store = await openTestStore()
  await prepare(store)
  const id = await invite(store)
  expect(await useInvitation(store.pool, id)).toBe(true)
  expect(await useInvitation(store.pool, id)).toBe(false)
  await keepRefusal(store.pool, id, 'It was used.')
  expect(await newestInvitations(store, clusterId)).toMatchObject([{ outcome: 'enrolled', refusal: 'It was used.' }])
})

test('an agent takes the place of the former one of its node, never that of another', async () => {
  await using store = await openTestStore()
  await prepare(store)
  const one = await put(store, 'pg-node-1')
  const two = await put(store, 'pg-node-1')
  expect(await listAgents(store, clusterId)).toMatchObject([{ id: two, state: 'enrolled', seenAt: null }])
  expect(two).not.toBe(one)
  expect(await putAgent(store.pool, { ...agent, id: two, node: 'pg-node-2' })).toBe(false)
  expect(await removeAgent(store.pool, clusterId, 'pg-node-1')).toBe(true)
  expect(await removeAgent(store.pool, clusterId, 'pg-node-1')).toBe(false)
})

test('what a look brought is kept unless the agent was enrolled anew meanwhile; a locked one is watched no more', async () => {
  await using store = await openTestStore()
  await prepare(store)
  await put(store, 'pg-node-1')
  const [seen] = await agentsToWatch(store, 'worker-1')
  if (!seen) throw new Error('There is none to watch.')
  expect(await agentsToWatch(store, 'worker-2')).toEqual([])
  const seenAt = new Date('2026-11-25T12:00:00.123Z')
  expect(await changeAgent(store.pool, seen, { seenAt, counter: 9, vetoed: ['data-discard'], clockSkewMs: 3 })).toBe(
    true,
  )
  expect(await changeAgent(store.pool, seen, { counter: 4, problem: 'Gone.', problemSince: seenAt })).toBe(true)
  const found = await findAgent(store.pool, clusterId, 'pg-node-1')
  expect(found).toMatchObject({ counter: 9, problem: 'Gone.', certificatePin: 'pin', clusterName: 'main' })
  expect(await changeAgent(store.pool, { ...seen, enrolledAt: new Date(0) }, { counter: 10 })).toBe(false)
  expect(await changeAgent(store.pool, seen, { lockedReason: 'A copy.' })).toBe(true)
  expect(await listAgents(store, clusterId)).toMatchObject([{ state: 'locked', lockedReason: 'A copy.' }])
  expect(await agentsToWatch(store, 'worker-1')).toEqual([])
  expect(await changeAgent(store.pool, seen, { counter: 11 })).toBe(false)
})

test('an agent goes with its cluster', async () => {
  await using store = await openTestStore()
  await prepare(store)
  await put(store, 'pg-node-1')
  await invite(store)
  await store.pool.query('delete from cluster')
  const { rows } = await store.pool.query('select 1 from agent union all select 1 from agent_invitation')
  expect(rows).toEqual([])
})

test('another signing key is refused once agents trust the first, or while its worker lives', async () => {
  await using store = await openTestStore()
  const other = mkdtempSync(join(tmpdir(), 'matriarch-agents-'))
  try {
    const [key, otherKey] = [loadSigningKey(home), loadSigningKey(other)]
    await expect(readSigningKey(store.pool)).rejects.toMatchObject({ code: 'refused' })
    await publishSigningKey(store, key, null)
    expect(loadSigningKey(home).publicKey).toBe(key.publicKey)
    expect(await readSigningKey(store.pool)).toBe(key.publicKey)
    await publishSigningKey(store, otherKey, null)
    await takeName(store.pool, { executorId: 'worker-1', bootId: 'b', pid: 1, host: 'h', applicationVersion: 'v' })
    await expect(publishSigningKey(store, key, 'worker-2')).rejects.toThrow(/worker-1 works .*Copy keys\/signing-key/)
    await publishSigningKey(store, key, 'worker-1')
    await prepare(store)
    await put(store, 'pg-node-1')
    await expect(publishSigningKey(store, otherKey, 'worker-1')).rejects.toThrow(/trust another signing key/)
  } finally {
    rmSync(other, { recursive: true })
  }
})

const agent = {
  clusterId,
  node: 'pg-node-1',
  address: '10.0.1.10:8009',
  identityKey: 'key',
  certificatePin: 'pin',
  version: '1.0.0',
  enrolledBy: 'Mara',
}

async function prepare(store: Store): Promise<void> {
  await publishSealingKey(store, keys, null)
  await store.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{}')`, [clusterId])
  await store.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '1 minute')`, [clusterId])
}

async function put(store: Store, node: string): Promise<string> {
  const id = randomUUID()
  await inTransaction(store, (tx) => putAgent(tx, { ...agent, id, node }))
  return id
}

async function invite(store: Store, lifeMs = 900_000): Promise<string> {
  const id = randomUUID()
  const { node, address } = agent
  const invitation = { id, clusterId, node, address, secret: 'secret', createdBy: 'Mara', lifeMs }
  await inTransaction(store, (tx) => insertInvitation(tx, invitation))
  return id
}
