import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { insertCluster, updateCluster } from './clusters.ts'
import { loadWorkerKeys, publishSealingKey, readSealingKey, type WorkerKeys } from './keys.ts'
import { inTransaction, openStore, type Store } from './open.ts'
import { prepareRoles } from './roles.ts'
import { sealForWorkers } from './seal.ts'
import { readClusterSecrets, sealInquirySecrets, unsealInquirySecrets } from './secrets.ts'
import { takeName } from './workers.ts'

let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

test('a secret typed in the web tier reaches the worker, which keeps it under its own key', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'main', { 'patroni-password': 'one', 'etcd-password': 'two' })
  const bound = {
    'patroni-password': { value: 'one', places: ['http://10.0.1.10:8008'] },
    'etcd-password': { value: 'two', places: ['http://10.0.1.20:2379'] },
  }
  expect(await readClusterSecrets(store, keys, id)).toEqual(bound)
  const { rows } = await store.pool.query('select sealed, ciphertext is not null as kept from secret')
  expect(rows).toEqual([
    { sealed: null, kept: true },
    { sealed: null, kept: true },
  ])
  expect(await readClusterSecrets(store, keys, id)).toEqual(bound)
})

test('a secret stays bound to the places it was typed for, whatever the web tier writes of the cluster', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'main', { 'patroni-password': 'one', 'postgres-password': 'two' })
  const { webUrl } = await prepareRoles(store.url)
  const web = openStore(webUrl, { max: 1 })
  try {
    await web.pool.query(`update cluster set endpoints = endpoints || '{"patroniUrls":["http://10.6.6.6:8008"]}'`)
  } finally {
    await web.close()
  }
  expect(await readClusterSecrets(store, keys, id)).toEqual({
    'patroni-password': { value: 'one', places: ['http://10.0.1.10:8008'] },
    'postgres-password': { value: 'two', places: ['10.0.1.10'] },
  })
})

test('a secret that was kept before secrets were bound is of no place', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'main', {})
  const sealed = sealForWorkers(keys.sealing.publicKey, 'plain', `secret|${id}|etcd-password|sealed`)
  await store.pool.query(`insert into secret (cluster_id, name, sealed) values ($1, 'etcd-password', $2)`, [id, sealed])
  expect(await readClusterSecrets(store, keys, id)).toEqual({ 'etcd-password': { value: 'plain', places: [] } })
})

test('a newly typed secret replaces the kept one, an absent one stays, an empty one goes', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'main', {
    'patroni-password': 'one',
    'etcd-password': 'two',
    'haproxy-password': 'three',
  })
  await readClusterSecrets(store, keys, id)
  const draft = { ...empty, name: 'main', secrets: { 'patroni-password': 'new', 'haproxy-password': '' } }
  await inTransaction(store, (tx) => updateCluster(tx, id, draft, nobody))
  expect(await readClusterSecrets(store, keys, id)).toMatchObject({
    'patroni-password': { value: 'new' },
    'etcd-password': { value: 'two' },
  })
  const { rows } = await store.pool.query('select name from secret order by name')
  expect(rows).toEqual([{ name: 'etcd-password' }, { name: 'patroni-password' }])
})

test('secret rows swapped between clusters fail to decrypt', async () => {
  await using store = await openTestStore()
  const one = await addCluster(store, 'one', { 'patroni-password': 'one' })
  const two = await addCluster(store, 'two', { 'patroni-password': 'two' })
  await readClusterSecrets(store, keys, one)
  await readClusterSecrets(store, keys, two)
  await store.pool.query('alter table secret drop constraint secret_cluster_id_fkey')
  await store.pool.query('update secret set cluster_id = gen_random_uuid() where cluster_id = $1', [one])
  await store.pool.query('update secret set cluster_id = $1 where cluster_id = $2', [one, two])
  await expect(readClusterSecrets(store, keys, one)).rejects.toThrow(/changed or moved/)
})

test('ciphertext copied into the row of another cluster fails to decrypt', async () => {
  await using store = await openTestStore()
  const one = await addCluster(store, 'one', { 'patroni-password': 'one' })
  const two = await addCluster(store, 'two', { 'patroni-password': 'two' })
  await readClusterSecrets(store, keys, one)
  await readClusterSecrets(store, keys, two)
  await store.pool.query(
    `update secret a set ciphertext = b.ciphertext, nonce = b.nonce, tag = b.tag from secret b
     where a.cluster_id = $1 and b.cluster_id = $2`,
    [one, two],
  )
  await expect(readClusterSecrets(store, keys, one)).rejects.toThrow(/changed or moved/)
})

test('a sealed secret moved to another cluster is not unsealed', async () => {
  await using store = await openTestStore()
  const one = await addCluster(store, 'one', { 'patroni-password': 'one' })
  const two = await addCluster(store, 'two', {})
  await store.pool.query('update secret set cluster_id = $1 where cluster_id = $2', [two, one])
  await expect(readClusterSecrets(store, keys, two)).rejects.toThrow(/not made for this worker/)
})

test('a worker with other keys is refused while the store holds secrets', async () => {
  await using store = await openTestStore()
  await addCluster(store, 'main', { 'patroni-password': 'one' })
  const other = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  try {
    await expect(publishSealingKey(store, loadWorkerKeys(other), null)).rejects.toThrow(/belong to other keys/)
  } finally {
    rmSync(other, { recursive: true })
  }
})

test('a worker with other keys is refused while another lives, and may begin when none does', async () => {
  await using store = await openTestStore()
  await publishSealingKey(store, keys, null)
  const first = { executorId: 'worker-1', bootId: randomUUID(), pid: 1, host: 'a', applicationVersion: '1' }
  await takeName(store.pool, first)
  await takeName(store.pool, { ...first, executorId: 'worker-2', host: 'b' })
  const other = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  try {
    const otherKeys = loadWorkerKeys(other)
    await expect(publishSealingKey(store, otherKeys, 'worker-2')).rejects.toThrow(/worker-1 works .*Copy keys\/kek/)
    await publishSealingKey(store, keys, 'worker-1')
    await store.pool.query(`update worker set state = 'stopped' where executor_id = 'worker-1'`)
    await publishSealingKey(store, otherKeys, 'worker-2')
    expect(await readSealingKey(store.pool)).toBe(otherKeys.sealing.publicKey)
  } finally {
    rmSync(other, { recursive: true })
  }
})

test('secrets that go with a question are read by the worker alone', async () => {
  await using store = await openTestStore()
  await publishSealingKey(store, keys, null)
  const sealed = await sealInquirySecrets(store.pool, { 'etcd-password': 'two' })
  expect(sealed?.includes('two')).toBe(false)
  expect(unsealInquirySecrets(keys, sealed)).toEqual({ 'etcd-password': 'two' })
  expect(unsealInquirySecrets(keys, null)).toEqual({})
  const removing = await sealInquirySecrets(store.pool, { 'etcd-password': '' })
  expect(unsealInquirySecrets(keys, removing)).toEqual({ 'etcd-password': '' })
})

test('without a worker ever started a password is refused, not kept', async () => {
  await using store = await openTestStore()
  const add = inTransaction(store, (tx) =>
    insertCluster(tx, { ...empty, name: 'main', secrets: { 'etcd-password': 'x' } }, nobody),
  )
  await expect(add).rejects.toThrow(/No worker has run/)
})

const nobody = { scope: null, systemIdentifier: null, isStandby: false }
const empty: ClusterDraft = {
  name: '',
  labels: [],
  patroniUrls: ['http://10.0.1.10:8008'],
  patroniUser: null,
  caPem: null,
  etcdUrls: ['http://10.0.1.20:2379'],
  etcdUser: null,
  etcdNamespace: '/service',
  haproxyUrl: null,
  haproxyUser: null,
  postgresUser: null,
  postgresDatabase: 'postgres',
  poolerPort: null,
  secrets: {},
}

// As the web tier does it, with the web tier's rights.
async function addCluster(store: Store, name: string, secrets: ClusterDraft['secrets']): Promise<string> {
  await publishSealingKey(store, keys, null)
  const { webUrl } = await prepareRoles(store.url)
  const web = openStore(webUrl, { max: 1 })
  try {
    const config = await inTransaction(web, (tx) => insertCluster(tx, { ...empty, name, secrets }, nobody))
    return config.id
  } finally {
    await web.close()
  }
}
