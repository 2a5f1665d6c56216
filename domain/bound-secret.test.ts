import { expect, test } from 'vitest'
import { bindSecrets, strangePlaces } from './bound-secret.ts'

const endpoints = {
  patroniUrls: ['http://10.0.1.10:8008', 'https://[fd00::1]:8008'],
  etcdUrls: ['https://10.0.1.20:2379'],
  haproxyUrl: 'http://10.0.1.30:7000/stats?x',
}
const typed = {
  'patroni-password': 'a',
  'etcd-password': 'b',
  'haproxy-password': 'c',
  'postgres-password': 'd',
}

test('each secret is bound to the places it is sent to, and an empty text is none', () => {
  expect(bindSecrets(typed, endpoints)).toEqual({
    'patroni-password': { value: 'a', places: ['http://10.0.1.10:8008', 'https://[fd00::1]:8008'] },
    'etcd-password': { value: 'b', places: ['https://10.0.1.20:2379'] },
    'haproxy-password': { value: 'c', places: ['http://10.0.1.30:7000'] },
    'postgres-password': { value: 'd', places: ['10.0.1.10', 'fd00::1'] },
  })
  expect(bindSecrets({ 'etcd-password': '' }, endpoints)).toEqual({})
})

test('another host, another port and the same host without TLS are strange to a secret; fewer hosts are not', () => {
  const { 'etcd-password': secret = { value: '', places: [] } } = bindSecrets(typed, endpoints)
  const etcdUrls = [
    'http://10.0.1.20:2379',
    'https://10.0.1.20:2380',
    'https://10.6.6.6:2379',
    'https://10.0.1.20:2379',
  ]
  expect(strangePlaces('etcd-password', secret, { ...endpoints, etcdUrls })).toEqual(etcdUrls.slice(0, 3))
  expect(strangePlaces('etcd-password', secret, { ...endpoints, etcdUrls: [] })).toEqual([])
})
