import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseHaproxyDetail } from './parse-detail.ts'

const target = { who: 'HAProxy', system: 'HAProxy', address: '10.0.1.30:7000' }

test('a recorded page tells frontends, backends and servers of each proxy', () => {
  const { proxies } = parseHaproxyDetail(fixture('haproxy/fixtures/2.6.12.csv'), target)
  expect(proxies.map(({ name, mode }) => [name, mode])).toEqual([
    ['primary', 'tcp'],
    ['replicas', 'tcp'],
    ['stats', 'http'],
  ])
  const [primary, , stats] = proxies
  expect(primary?.frontend).toEqual({
    status: 'OPEN',
    sessions: 1,
    sessionsMax: 3,
    sessionsLimit: 2000,
    sessionsTotal: 85,
    rate: 0,
    bytesIn: 193_031,
    bytesOut: 157_601,
    requestErrors: 0,
  })
  expect(primary?.backend).toMatchObject({ status: 'UP', queued: 0, connectionErrors: 6, sessionsLimit: 200 })
  expect(primary?.servers[0]).toEqual({
    name: 'pg-node-1',
    address: '10.0.1.10:6432',
    status: 'DOWN',
    isUp: false,
    admin: 'ready',
    check: 'L7STS',
    checkCode: 503,
    checkMilliseconds: 1,
    lastCheck: 'Service Unavailable',
    weight: 1,
    isBackup: false,
    changedSeconds: 258,
    downSeconds: 261,
    lastSessionSeconds: 258,
    sessions: 0,
    sessionsMax: 3,
    sessionsLimit: null,
    sessionsTotal: 76,
    rate: 0,
    bytesIn: 192_743,
    bytesOut: 156_631,
    queued: 0,
    connectionErrors: 0,
    responseErrors: 2,
  })
  expect(primary?.servers[1]?.lastSessionSeconds).toBeNull()
  expect(stats).toMatchObject({ servers: [], backend: { status: 'UP' } })
})

test.each([
  ['UP', true, 'ready'],
  ['UP 1/3', true, 'ready'],
  ['DOWN 1/2', false, 'ready'],
  ['NOLB', false, 'ready'],
  ['no check', true, 'ready'],
  ['DRAIN', false, 'drain'],
  ['DRAIN (agent)', false, 'drain'],
  ['MAINT', false, 'maint'],
  ['MAINT (via primary/pg-1)', false, 'maint'],
  ['MAINT (resolution)', false, 'maint'],
])('a server that is "%s" is up: %s, and for a person %s', (status, isUp, admin) => {
  const page = `# pxname,svname,bck,status,check_status,type,\nprimary,pg-1,1,${status},* L7OK,2,\n`
  expect(parseHaproxyDetail(page, target).proxies[0]?.servers).toMatchObject([
    { isUp, admin, check: 'L7OK', isBackup: true },
  ])
})

test('sockets of a frontend are no servers, and a frontend alone has no backend', () => {
  const page = '# pxname,svname,status,type,\nweb,FRONTEND,OPEN,0,\nweb,sock-1,OPEN,3,\n'
  expect(parseHaproxyDetail(page, target).proxies).toMatchObject([{ backend: null, servers: [] }])
})

test('a page that is no statistics page is a protocol problem', () => {
  expect(() => parseHaproxyDetail('<html>', target)).toThrow('no HAProxy statistics page')
})
