import { expect, test } from 'vitest'
import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { findCluster, insertCluster, removeCluster, updateCluster } from './clusters.ts'
import { inTransaction, type Store } from './open.ts'

test('a cluster is found by name in any case and by id', async () => {
  await using store = await openTestStore()
  const added = await add(store, { name: 'Payments', labels: ['eu'] }, '7001')
  expect(await findCluster(store, 'payments')).toEqual(added)
  expect(await findCluster(store, added.id)).toEqual(added)
  expect(await findCluster(store, 'nothing')).toBeNull()
  expect(added).toMatchObject({
    name: 'Payments',
    labels: ['eu'],
    systemIdentifier: '7001',
    createdAt: expect.any(Date),
  })
  expect(added.endpoints).toMatchObject({ patroniUrls: ['http://10.0.1.10:8008'], hasPatroniPassword: false })
})

test('a second cluster of the same name is refused by field', async () => {
  await using store = await openTestStore()
  await add(store, { name: 'main' }, '1')
  await expect(add(store, { name: 'MAIN' }, '2')).rejects.toMatchObject({
    code: 'conflict',
    fields: [{ field: 'name' }],
  })
  expect((await store.pool.query('select name from cluster')).rows).toEqual([{ name: 'main' }])
})

test('a second cluster with the same system identifier is refused and told which it is', async () => {
  await using store = await openTestStore()
  await add(store, { name: 'main' }, '7001')
  await expect(add(store, { name: 'other' }, '7001')).rejects.toThrow(/registered as main/)
  await add(store, { name: 'standby' }, '7001', true)
})

test('two people who register the same cluster at once: one is told', async () => {
  await using store = await openTestStore()
  const both = await Promise.allSettled([add(store, { name: 'one' }, '7001'), add(store, { name: 'two' }, '7001')])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('changing a cluster keeps its id and tells when it is gone', async () => {
  await using store = await openTestStore()
  const added = await add(store, { name: 'main' }, '1')
  const change = (name: string) =>
    inTransaction(store, (tx) => updateCluster(tx, added.id, { ...empty, name }, identity('1')))
  expect(await change('renamed')).toMatchObject({ id: added.id, name: 'renamed' })
  await inTransaction(store, (tx) => removeCluster(tx, added.id))
  await expect(change('again')).rejects.toMatchObject({ code: 'not-found' })
})

const identity = (systemIdentifier: string, isStandby = false) => ({ scope: 'main', systemIdentifier, isStandby })

function add(store: Store, draft: Partial<ClusterDraft>, systemIdentifier: string, isStandby = false) {
  return inTransaction(store, (tx) => insertCluster(tx, { ...empty, ...draft }, identity(systemIdentifier, isStandby)))
}

const empty: ClusterDraft = {
  name: '',
  labels: [],
  patroniUrls: ['http://10.0.1.10:8008'],
  patroniUser: null,
  caPem: null,
  etcdUrls: [],
  etcdUser: null,
  etcdNamespace: '/service',
  haproxyUrl: null,
  haproxyUser: null,
  postgresUser: null,
  postgresDatabase: 'postgres',
  poolerPort: null,
  secrets: {},
}
