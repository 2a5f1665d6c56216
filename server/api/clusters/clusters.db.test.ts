import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Discovery } from '#domain/fleet/cluster.ts'
import { fromJson } from '#domain/json.ts'
import { findCluster } from '#server/store/clusters.ts'
import { answerInquiry, takeInquiries } from '#server/store/inquiries.ts'
import type { Store } from '#server/store/open.ts'
import { loadWorkerKeys, publishSealingKey } from '#server/store/keys.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'

const found: Discovery = {
  errors: [],
  scope: 'postgres-cluster',
  systemIdentifier: '7711258502852368380',
  isStandbyCluster: false,
  patroniVersion: '3.0.2',
  members: ['10', '11', '12'].map((last) => ({
    name: `pg-${last}`,
    apiUrl: `http://10.0.1.${last}:8008`,
    role: 'replica',
    state: 'running',
    problem: null,
  })),
  endpoints: [],
}

/** Answers the next question as a worker would, and tells what was asked. */
async function answerNext(store: Store, outcome: { answer: Discovery } | { problem: string }): Promise<unknown> {
  for (;;) {
    const [inquiry] = await takeInquiries(store)
    if (inquiry) {
      await answerInquiry(store, inquiry.id, outcome)
      return inquiry.input
    }
    await sleep(20)
  }
}

const draft = { name: 'main', patroniUrls: ['http://10.0.1.10:8008'] }

test('a cluster is kept with the addresses of all its members', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const [response] = await Promise.all([
    console.rest('POST', '/clusters', { token, body: draft }),
    answerNext(owner, { answer: found }),
  ])
  expect([response.status, await response.json()]).toMatchObject([201, { name: 'main', scope: 'postgres-cluster' }])
  expect(await registered(owner)).toMatchObject([
    { endpoints: { patroniUrls: ['http://10.0.1.10:8008', 'http://10.0.1.11:8008', 'http://10.0.1.12:8008'] } },
  ])
  const { rows } = await owner.pool.query('select action, target, outcome, cluster_name from audit_event')
  expect(rows).toEqual([{ action: 'clusters.add', target: 'main', outcome: 'done', cluster_name: 'main' }])
})

test('what stands in the way is told by field, and nothing is kept', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const errors: Discovery['errors'] = [{ field: 'patroniUrls', sentence: 'http://10.0.1.10:8008 is no Patroni.' }]
  const [response] = await Promise.all([
    console.rest('POST', '/clusters', { token, body: draft }),
    answerNext(owner, { answer: { ...found, errors } }),
  ])
  expect([response.status, await response.json()]).toMatchObject([400, { code: 'invalid', fields: errors }])
  expect(await registered(owner)).toEqual([])
  const { rows } = await owner.pool.query('select action, outcome from audit_event')
  expect(rows).toEqual([{ action: 'clusters.add', outcome: 'refused' }])
})

test('the same name and the same system identifier are taken, and the sentence names the cluster', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await Promise.all([console.rest('POST', '/clusters', { token, body: draft }), answerNext(owner, { answer: found })])
  const sameName = await console.rest('POST', '/clusters', { token, body: { ...draft, name: 'MAIN' } })
  expect([sameName.status, await sameName.json()]).toMatchObject([409, { fields: [{ field: 'name' }] }])
  const [sameSystem] = await Promise.all([
    console.rest('POST', '/clusters', { token, body: { ...draft, name: 'other' } }),
    answerNext(owner, { answer: found }),
  ])
  expect([sameSystem.status, await sameSystem.json()]).toMatchObject([
    409,
    { detail: expect.stringContaining('registered as main'), fields: [{ field: 'patroniUrls' }] },
  ])
  expect(await registered(owner)).toHaveLength(1)
})

test('a change to another cluster is refused, and so is a kept password for new hosts', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await Promise.all([console.rest('POST', '/clusters', { token, body: draft }), answerNext(owner, { answer: found })])
  const [stranger] = await Promise.all([
    console.rest('PUT', '/clusters/main', { token, body: draft }),
    answerNext(owner, { answer: { ...found, systemIdentifier: '1' } }),
  ])
  expect(stranger.status).toBe(409)
  await owner.pool.query(
    `insert into secret (cluster_id, name, sealed) select id, 'patroni-password', '\\x01' from cluster`,
  )
  const carried = await console.rest('PUT', '/clusters/main', {
    token,
    body: { ...draft, patroniUrls: ['http://10.6.6.6:8008'] },
  })
  expect([carried.status, await carried.json()]).toMatchObject([
    400,
    { fields: [{ field: 'secrets.patroni-password' }] },
  ])
})

test('a change keeps the secrets that are not typed anew, and asks with them', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await Promise.all([console.rest('POST', '/clusters', { token, body: draft }), answerNext(owner, { answer: found })])
  await owner.pool.query(
    `insert into secret (cluster_id, name, sealed) select id, 'patroni-password', '\\x01' from cluster`,
  )
  const [changed, asked] = await Promise.all([
    console.rest('PUT', '/clusters/main', { token, body: { ...draft, name: 'renamed', labels: ['prod'] } }),
    answerNext(owner, { answer: found }),
  ])
  const [cluster] = await registered(owner)
  expect([changed.status, fromJson(asked)]).toMatchObject([200, { clusterId: cluster?.id, draft: { secrets: {} } }])
  expect(cluster).toMatchObject({ name: 'renamed', labels: ['prod'], endpoints: { hasPatroniPassword: true } })
})

test('a member that a later change finds is kept only where no kept password would be sent to it', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await Promise.all([console.rest('POST', '/clusters', { token, body: draft }), answerNext(owner, { answer: found })])
  await owner.pool.query(
    `insert into secret (cluster_id, name, sealed) select id, 'postgres-password', '\\x01' from cluster`,
  )
  const home = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  await publishSealingKey(owner, loadWorkerKeys(home), null)
  rmSync(home, { recursive: true })
  const fourth = { name: 'pg-13', apiUrl: 'http://10.6.6.6:8008', role: 'replica', state: '', problem: 'No answer.' }
  const more = { ...found, members: [...found.members, fourth] }
  const change = async (body: object) => {
    const [response] = await Promise.all([
      console.rest('PUT', '/clusters/main', { token, body: { ...draft, ...body } }),
      answerNext(owner, { answer: more }),
    ])
    expect(response.status).toBe(200)
    return (await registered(owner))[0]?.endpoints.patroniUrls
  }
  const first = ['http://10.0.1.10:8008', 'http://10.0.1.11:8008', 'http://10.0.1.12:8008']
  expect(await change({ labels: ['prod'] })).toEqual(first)
  expect(await change({ secrets: { 'postgres-password': '' } })).toEqual([...first, fourth.apiUrl])
})

test('a cluster is removed only by its typed name, and by a worker', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await Promise.all([console.rest('POST', '/clusters', { token, body: draft }), answerNext(owner, { answer: found })])
  const mistyped = await console.rest('DELETE', '/clusters/main', {
    token,
    body: { confirmName: 'Main', reason: 'old' },
  })
  expect([mistyped.status, await mistyped.json()]).toMatchObject([400, { fields: [{ field: 'confirmName' }] }])
  const typed = await console.rest('DELETE', '/clusters/main', { token, body: { confirmName: 'main', reason: 'old' } })
  expect([typed.status, await typed.json()]).toMatchObject([
    412,
    { detail: expect.stringContaining('No worker has run on this store yet') },
  ])
  expect(await registered(owner)).toHaveLength(1)
})

test('a worker that sees a problem is quoted', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const [response] = await Promise.all([
    console.rest('POST', '/clusters', { token, body: draft }),
    answerNext(owner, { problem: 'The certificate cannot be read.' }),
  ])
  expect([response.status, await response.json()]).toMatchObject([412, { detail: 'The certificate cannot be read.' }])
})

async function registered(store: Store) {
  const { rows } = await store.pool.query<{ id: string }>('select id from cluster order by lower(name)')
  return Promise.all(rows.map(({ id }) => findCluster(store, id)))
}
