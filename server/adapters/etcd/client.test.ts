import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { serveHttp, serveTcp, type LocalServer } from '../testing/local-server.ts'
import { createEtcdClient } from './client.ts'
import type { KeyChange } from './key-table.ts'

const scope = 'postgres-cluster'

/** Answers with recorded bytes by path; a stream stays open after them. */
function recorded(answers: Record<string, string>): RequestListener {
  return (request, response) => {
    const body = answers[request.url ?? '']
    if (body === undefined) response.writeHead(404).end('Not Found')
    else if (request.url === '/v3/watch') response.write(body)
    else response.writeHead(body.startsWith('{"error"') ? 400 : 200).end(body)
  }
}

const range = { '/v3/kv/range': fixture('etcd/fixtures/3.4.23-range.json') }

function client(...servers: LocalServer[]) {
  return createEtcdClient({ urls: servers.map((server) => server.url), user: null, password: null, caPem: null })
}

test('keys are listed from whichever endpoint answers, which is asked first from then on', async () => {
  const down = await serveTcp(() => {})
  await down[Symbol.asyncDispose]()
  await using up = await serveHttp(recorded(range))
  const etcd = client(down, up)
  expect((await etcd.readKeys('/service', scope)).leader).toBe('pg-node-3')
  expect(etcd.current()).toBe(up.url)
})

test('a hanging endpoint does not hold up a read that another one can answer', async () => {
  await using hanging = await serveTcp(() => {})
  await using up = await serveHttp(recorded(range))
  const startedAt = performance.now()
  await client(hanging, up).readKeys('/service', scope)
  // All the time that the one that hangs may have.
  expect(performance.now() - startedAt).toBeLessThan(15_000)
})

test('the proof of a majority tells what a watch must have brought', async () => {
  await using server = await serveHttp(recorded(range))
  expect(await client(server).proveQuorum('/service', scope)).toMatchObject({ revision: '293', keyCount: 9 })
})

test('an endpoint tells its version, its leader and its name', async () => {
  await using server = await serveHttp(
    recorded({
      '/v3/maintenance/status': fixture('etcd/fixtures/3.4.23-status.json'),
      '/v3/cluster/member/list': fixture('etcd/fixtures/3.4.23-member-list.json'),
    }),
  )
  expect(await client(server).endpointStatus(server.url)).toEqual({
    memberId: '7419072999386831338',
    name: 'etcd-2',
    version: '3.4.23',
    leaderId: '2936002084482126044',
    raftTerm: 2,
    dbSizeBytes: 106496,
    alarms: [],
  })
})

test('an alarm is told with the member that raised it', async () => {
  const status = JSON.parse(fixture('etcd/fixtures/3.4.23-status.json')) as object
  const errors = ['memberID:2936002084482126044 alarm:NOSPACE ', 'etcdserver: no leader']
  await using server = await serveHttp(
    recorded({
      '/v3/maintenance/status': JSON.stringify({ ...status, errors }),
      '/v3/cluster/member/list': fixture('etcd/fixtures/3.4.23-member-list.json'),
    }),
  )
  const { alarms } = await client(server).endpointStatus(server.url)
  expect(alarms).toEqual([{ memberId: '2936002084482126044', kind: 'NOSPACE' }])
})

test('a recorded switchover is told change by change', async () => {
  await using server = await serveHttp(recorded({ '/v3/watch': fixture('etcd/fixtures/3.4.23-watch.ndjson') }))
  const changes: KeyChange[] = []
  const end = new AbortController()
  const watch = client(server).watch({
    namespace: '/service',
    scope,
    fromRevision: '300',
    onChange(told) {
      changes.push(...told)
      if (changes.length >= 19) end.abort()
    },
    signal: end.signal,
  })
  await expect(watch).rejects.toThrow('broken off')
  const leaders = changes.filter(({ name }) => name === 'leader').map(({ key }) => key?.value ?? null)
  expect(leaders).toEqual([null, 'pg-node-1'])
})

test.each([
  ['3.5-watch-compacted.ndjson', 'has dropped the revisions'],
  ['3.4-watch-unauthenticated.ndjson', 'does not accept'],
  ['3.5-watch-error.ndjson', 'has lost its majority'],
  ['3.6-watch-error.ndjson', 'has lost its majority'],
])('a watch that ends in-band (%s) says that etcd %s', async (name, words) => {
  await using server = await serveHttp(recorded({ '/v3/watch': fixture(`etcd/fixtures/${name}`) }))
  const { signal } = new AbortController()
  const watch = client(server).watch({ namespace: '/service', scope, fromRevision: '1', onChange: () => {}, signal })
  await expect(watch).rejects.toThrow(words)
})

test('a password is harmless where etcd knows no users', async () => {
  await using server = await serveHttp(
    recorded({ ...range, '/v3/auth/authenticate': fixture('etcd/fixtures/3.4.23-authentication-not-enabled.json') }),
  )
  const etcd = createEtcdClient({ urls: [server.url], user: 'console', password: 'x', caPem: null })
  expect((await etcd.readKeys('/service', scope)).leader).toBe('pg-node-3')
})

test('a token that grew old is renewed once and sent without a scheme', async () => {
  const tokens: (string | undefined)[] = []
  let issued = 0
  await using server = await serveHttp((request, response) => {
    if (request.url === '/v3/auth/authenticate') return void response.end(`{"token":"t${++issued}"}`)
    tokens.push(request.headers.authorization)
    if (request.headers.authorization === 't2') return void response.end(range['/v3/kv/range'])
    response.writeHead(401).end('{"error":"etcdserver: invalid auth token","code":16}')
  })
  const etcd = createEtcdClient({ urls: [server.url], user: 'console', password: 'x', caPem: null })
  await etcd.readKeys('/service', scope)
  expect(tokens).toEqual(['t1', 't2'])
})

test('without any answer the problem is told in one sentence', async () => {
  await using page = await serveHttp((_, response) => response.writeHead(404).end('<html>'))
  await expect(client(page).proveQuorum('/service', scope)).rejects.toThrow('not as etcd does')
})
