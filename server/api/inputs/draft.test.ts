import { expect, test } from 'vitest'
import { draft } from './draft.ts'

const least = { name: 'main', patroniUrls: ['10.0.1.10'] }

test('a name and one address are a whole draft', () => {
  expect(draft.parse(least)).toEqual({
    name: 'main',
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
  })
})

test.each([
  ['pg-1:8009', 'http://pg-1:8009'],
  ['https://pg-1.example.org:8008/patroni', 'https://pg-1.example.org:8008'],
  ['http://pg-1', 'http://pg-1'],
  ['[fd00::1]:8008', 'http://[fd00::1]:8008'],
  [' pg-1 ', 'http://pg-1:8008'],
])('the address %s is kept as %s', (typed, kept) => {
  expect(draft.parse({ ...least, patroniUrls: [typed] }).patroniUrls).toEqual([kept])
})

test.each(['ftp://pg-1', 'http://', 'pg 1', 'http://u:p@pg-1:8008', 'x'.repeat(400), ''])(
  '%s is no address',
  (typed) => {
    expect(draft.safeParse({ ...least, patroniUrls: [typed] }).success).toBe(false)
  },
)

test('the page of HAProxy keeps its path', () => {
  expect(draft.parse({ ...least, haproxyUrl: 'http://10.0.1.30:7000/stats?x=1' }).haproxyUrl).toBe(
    'http://10.0.1.30:7000/stats?x=1',
  )
})

test('a field nobody knows is refused, so that no typing error is passed over', () => {
  expect(draft.safeParse({ ...least, patroni_url: 'x' }).success).toBe(false)
})
