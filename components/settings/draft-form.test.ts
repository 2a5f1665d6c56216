import { expect, test } from 'vitest'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { draftErrors } from './draft-errors.ts'
import { completeUrl, draftOf, emptyForm, formOf } from './draft-form.ts'

const known: ClusterConfig = {
  id: '1',
  name: 'billing',
  labels: ['production', 'eu'],
  scope: 'billing',
  systemIdentifier: '77',
  endpoints: {
    patroniUrls: ['http://10.0.1.10:8008', 'http://10.0.1.11:8008'],
    patroniUser: 'console',
    hasPatroniPassword: true,
    caPem: null,
    etcdUrls: ['http://10.0.1.20:2379'],
    etcdUser: null,
    hasEtcdPassword: false,
    etcdNamespace: '/service',
    haproxyUrl: 'http://10.0.1.30:7000/',
    haproxyUser: null,
    hasHaproxyPassword: false,
    postgresUser: 'matriarch',
    hasPostgresPassword: true,
    postgresDatabase: 'postgres',
    poolerPort: 6432,
  },
  createdAt: new Date('2026-11-01T00:00:00Z'),
}

test('a registered cluster comes back unchanged from its form, without any password', () => {
  const { labels, endpoints } = known
  expect(draftOf(formOf(known), known)).toEqual({
    name: 'billing',
    labels,
    patroniUrls: endpoints.patroniUrls,
    patroniUser: 'console',
    caPem: null,
    etcdUrls: endpoints.etcdUrls,
    etcdUser: null,
    etcdNamespace: '/service',
    haproxyUrl: endpoints.haproxyUrl,
    haproxyUser: null,
    postgresUser: 'matriarch',
    postgresDatabase: 'postgres',
    poolerPort: 6432,
    secrets: {},
  })
})

test('one address is enough for a new cluster; what is left empty gets its usual value', () => {
  expect(draftOf({ ...emptyForm, patroniUrls: ' 10.0.1.10 ', etcdNamespace: '' }, null)).toMatchObject({
    patroniUrls: ['http://10.0.1.10:8008'],
    etcdUrls: [],
    etcdNamespace: '/service',
    haproxyUrl: null,
    poolerPort: null,
    secrets: {},
  })
})

test('addresses and labels are told apart by lines, blanks and commas', () => {
  const form = { ...emptyForm, patroniUrls: 'http://a:1\n\n http://b:2,http://c:3', labels: ' production ,, eu west ' }
  expect(draftOf(form, null)).toMatchObject({
    patroniUrls: ['http://a:1', 'http://b:2', 'http://c:3'],
    labels: ['production', 'eu west'],
  })
})

test('a password typed anew is sent; one whose user was taken away is taken back', () => {
  const form = { ...formOf(known), patroniPassword: 'new one', postgresUser: '' }
  expect(draftOf(form, known).secrets).toEqual({ 'patroni-password': 'new one', 'postgres-password': '' })
})

test('a port that is no number is sent as one that is refused', () => {
  expect(draftOf({ ...emptyForm, poolerPort: '64x2' }, null).poolerPort).toBe(-1)
})

test.each([
  ['10.0.1.10', 'http://10.0.1.10:8008'],
  ['pg-1.example.org:9000', 'http://pg-1.example.org:9000'],
  ['10.0.1.10/patroni', 'http://10.0.1.10:8008/patroni'],
  ['https://10.0.1.10', 'https://10.0.1.10'],
  ['ftp://10.0.1.10', 'ftp://10.0.1.10'],
])('%s means %s', (typed, meant) => {
  expect(completeUrl(typed, 8008)).toBe(meant)
})

test('errors are told at the field of the form, the first of each', () => {
  const told = [
    { field: 'draft.patroniUrls.0', sentence: 'Must be an address.' },
    { field: 'patroniUrls', sentence: 'Nothing answers.' },
    { field: 'secrets.etcd-password', sentence: 'Type it again.' },
    { field: 'expected.leader', sentence: 'No field of this form.' },
  ]
  expect(draftErrors(told)).toEqual({
    fields: { patroniUrls: 'Must be an address.', etcdPassword: 'Type it again.' },
    isAdvanced: true,
  })
  expect(draftErrors([{ field: 'name', sentence: 'Is taken.' }])).toEqual({
    fields: { name: 'Is taken.' },
    isAdvanced: false,
  })
})
