import { expect, test } from 'vitest'
import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { secretsToTry } from './answer-inquiries.ts'

const draft: ClusterDraft = {
  name: 'main',
  labels: [],
  patroniUrls: ['http://10.0.1.10:8008'],
  patroniUser: 'admin',
  caPem: null,
  etcdUrls: ['http://10.0.1.20:2379'],
  etcdUser: 'root',
  etcdNamespace: '/service',
  haproxyUrl: null,
  haproxyUser: null,
  postgresUser: null,
  postgresDatabase: 'postgres',
  poolerPort: null,
  secrets: {},
}

test('a draft is looked at with what is kept, typed anew for it, or no more', () => {
  const old = (value: string) => ({ value, places: ['http://old:1'] })
  const kept = { 'patroni-password': old('a'), 'etcd-password': old('b'), 'haproxy-password': old('c') }
  expect(secretsToTry(kept, { 'patroni-password': 'new', 'haproxy-password': '' }, draft)).toEqual({
    'patroni-password': { value: 'new', places: ['http://10.0.1.10:8008'] },
    'etcd-password': old('b'),
  })
})
