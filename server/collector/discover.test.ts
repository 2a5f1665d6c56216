import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { bindSecrets } from '#domain/bound-secret.ts'
import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { serveHttp, serveTcp, serveTls, tlsFile, type LocalServer } from '#server/adapters/testing/local-server.ts'
import { discover } from './discover.ts'

/** A member of Patroni 3.0 as recorded, living at `urls[node]`; with a password it asks for one before acts. */
function member(
  node: number,
  urls: () => string[],
  more: { password?: string; systemIdentifier?: string } = {},
): RequestListener {
  return (request, response) => {
    request.resume()
    if (request.method !== 'GET') {
      const wanted = `Basic ${Buffer.from(`admin:${more.password}`).toString('base64')}`
      const isAllowed = more.password === undefined || request.headers.authorization === wanted
      return void response.writeHead(isAllowed ? 400 : 401).end()
    }
    if (request.url === '/config') return void response.end(fixture('patroni/fixtures/3.0.2-config.json'))
    const body = fixture(
      `patroni/fixtures/3.0.2-node-${node}-${request.url === '/cluster' ? 'cluster' : 'patroni'}.json`,
    )
    response.end(
      body
        .replaceAll(
          /http:\/\/10\.0\.1\.1(\d):8008/g,
          (_, digit: string) => urls()[Number(digit)] ?? 'http://127.0.0.1:1',
        )
        .replace('7711293955722658643', more.systemIdentifier ?? '7711293955722658643'),
    )
  }
}

async function threeMembers(more: { password?: string } = {}) {
  const servers: LocalServer[] = []
  const urls = () => servers.map((server) => server.url)
  for (const node of [1, 2, 3]) servers.push(await serveHttp(member(node, urls, more)))
  return {
    urls,
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server[Symbol.asyncDispose]()
    },
  }
}

function look(draft: Partial<ClusterDraft>, secrets: ClusterDraft['secrets'] = {}) {
  const empty: ClusterDraft = {
    name: 'orders',
    labels: [],
    patroniUrls: [],
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
  const whole = { ...empty, ...draft }
  return discover(whole, bindSecrets(secrets, whole))
}

const errorsOf = async (draft: Partial<ClusterDraft>, secrets: ClusterDraft['secrets'] = {}) =>
  (await look(draft, secrets)).errors.map(({ field, sentence }) => `${field}: ${sentence}`).join('\n')

test('all members are found from the address of one, however it is written', async () => {
  await using cluster = await threeMembers()
  const found = await look({ patroniUrls: [`${cluster.urls()[1]?.replace('http://', '')}/cluster`] })
  expect(found).toMatchObject({
    errors: [],
    scope: 'postgres-cluster',
    systemIdentifier: '7711293955722658643',
    isStandbyCluster: false,
    patroniVersion: '3.0.2',
  })
  expect(found.members).toEqual([
    { name: 'pg-node-1', apiUrl: cluster.urls()[0], role: 'replica', state: 'running', problem: null },
    { name: 'pg-node-2', apiUrl: cluster.urls()[1], role: 'replica', state: 'running', problem: null },
    { name: 'pg-node-3', apiUrl: cluster.urls()[2], role: 'leader', state: 'running', problem: null },
  ])
})

test('a member that is down is shown with its problem and does not stand in the way', async () => {
  await using up = await serveHttp((request, response) => member(1, () => [up.url])(request, response))
  const found = await look({ patroniUrls: [up.url, 'http://127.0.0.1:1'] })
  expect(found.errors).toEqual([])
  expect(found.members.find(({ apiUrl }) => apiUrl === 'http://127.0.0.1:1')?.problem).toContain('Nothing listens')
})

test.each([
  ['an address without a member', 'http://127.0.0.1:1', 'Nothing listens on 127.0.0.1:1'],
  ['no address', 'ftp://x', 'is not an address'],
  ['an address with a password in it', 'http://me:secret@127.0.0.1', 'leave user and password out'],
])('%s is refused', async (_, url, words) => {
  const errors = await errorsOf({ patroniUrls: [url] })
  expect(errors).toContain(`patroniUrls: `)
  expect(errors).toContain(words)
  expect(errors).not.toContain('secret')
})

test('without any address one is asked for', async () => {
  expect(await errorsOf({})).toContain('patroniUrls: Give the address')
})

test('something that answers but is no Patroni is refused, also when it speaks JSON', async () => {
  await using page = await serveHttp((_, response) => response.end('<html>Welcome</html>'))
  await using json = await serveHttp((_, response) => response.end('{"state":"fine"}'))
  const errors = await errorsOf({ patroniUrls: [page.url, json.url] })
  expect(errors).toContain('it sends an HTML page')
  expect(errors).toContain('"role" is not of the expected kind')
})

test('a port that closes the connection may want TLS, and one that has TLS needs its CA', async () => {
  await using closing = await serveTcp((socket) => socket.once('data', () => socket.end()))
  await using secure = await serveTls(
    'good',
    member(1, () => []),
  )
  expect(await errorsOf({ patroniUrls: [closing.url] })).toContain('It may want https:// instead')
  expect(await errorsOf({ patroniUrls: [secure.url] })).toContain('a CA that the console does not know')
  expect(await errorsOf({ patroniUrls: [secure.url], caPem: 'hello' })).toContain('caPem: This is not a certificate')
  expect(await errorsOf({ patroniUrls: [secure.url], caPem: tlsFile('ca.pem') })).toBe('')
})

test('a wrong password for acts is found out without acting, and goes to typed addresses only', async () => {
  await using cluster = await threeMembers({ password: 'right' })
  const patroniUrls = cluster.urls().slice(0, 1)
  expect(await errorsOf({ patroniUrls, patroniUser: 'admin' }, { 'patroni-password': 'wrong' })).toBe(
    "secrets.patroni-password: pg-node-1 does not accept this user and password for Patroni's REST API.",
  )
  expect(await errorsOf({ patroniUrls, patroniUser: 'admin' }, { 'patroni-password': 'right' })).toBe('')
  expect(await errorsOf({ patroniUrls, patroniUser: 'admin' })).toContain('secrets.patroni-password: The password')
  const { errors, endpoints } = await look({ patroniUrls })
  expect(errors).toEqual([])
  expect(endpoints[0]?.detail).toContain('asks for a user and password before a switchover')
})

test('members of different clusters cannot be one', async () => {
  await using one = await serveHttp(member(1, () => []))
  await using other = await serveHttp(member(2, () => [], { systemIdentifier: '42' }))
  expect(await errorsOf({ patroniUrls: [one.url, other.url] })).toContain(
    'different clusters by their system identifier',
  )
})

test('an etcd without the cluster, or with another one of its name, is refused', async () => {
  await using cluster = await threeMembers()
  const etcd =
    (range: string): RequestListener =>
    (request, response) => {
      request.resume()
      response.end(request.url === '/v3/kv/range' ? range : fixture('etcd/fixtures/3.4.23-status.json'))
    }
  const recorded = fixture('etcd/fixtures/3.4.23-range.json')
  await using empty = await serveHttp(etcd('{"header":{"revision":"5"}}'))
  await using right = await serveHttp(etcd(recorded))
  await using wrong = await serveHttp(
    etcd(
      recorded.replaceAll(Buffer.from('7711293955722658643').toString('base64'), Buffer.from('42').toString('base64')),
    ),
  )
  const patroniUrls = cluster.urls()
  expect(await errorsOf({ patroniUrls, etcdUrls: [empty.url] })).toContain(
    'etcdNamespace: etcd answers, but has no keys below',
  )
  expect(await errorsOf({ patroniUrls, etcdUrls: [wrong.url] })).toContain('its system identifier is 42')
  expect(await errorsOf({ patroniUrls, etcdUrls: [right.url, 'http://127.0.0.1:1'] })).toBe('')
  expect(await errorsOf({ patroniUrls, etcdUrls: ['http://127.0.0.1:1'] })).toContain('etcdUrls: Nothing listens')
})

test('a statistics address that is none, and a pooler that is nowhere, are refused', async () => {
  await using cluster = await threeMembers()
  await using page = await serveHttp((_, response) => response.end('<html>'))
  await using statistics = await serveHttp((request, response) => {
    response.writeHead(request.url === '/;csv' ? 200 : 404).end(fixture('haproxy/fixtures/2.6.12.csv'))
  })
  const patroniUrls = cluster.urls()
  expect(await errorsOf({ patroniUrls, haproxyUrl: page.url })).toContain('haproxyUrl: Something answers')
  expect(await errorsOf({ patroniUrls, haproxyUrl: statistics.url })).toBe('')
  expect(await errorsOf({ patroniUrls, poolerPort: 1 })).toContain('poolerPort: Nothing listens')
})
