import { expect, test } from 'vitest'
import { serveHttp, serveTcp } from '../testing/local-server.ts'
import { fixture } from '../testing/fixture.ts'
import { createPatroniClient, type PatroniAccess } from './client.ts'

const order = { leader: 'pg-node-1', candidate: 'pg-node-2', scheduledAt: null }

function client(more: Partial<PatroniAccess> = {}) {
  return createPatroniClient({ user: 'admin', password: 'secret', caPem: null, timeoutMs: 10_000, ...more })
}

test('a look carries no credentials, an act does', async () => {
  const seen: (string | undefined)[] = []
  await using server = await serveHttp((request, response) => {
    seen.push(request.headers.authorization)
    response.end(
      request.method === 'GET' ? fixture('patroni/fixtures/4.1.4-leader-patroni.json') : 'Switchover scheduled',
    )
  })
  await client().status(server.url)
  await client({ trustedOrigins: [server.url] }).requestSwitchover(server.url, order)
  expect(seen).toEqual([undefined, `Basic ${Buffer.from('admin:secret').toString('base64')}`])
})

test('an address that nobody configured is not sent the password', async () => {
  let requests = 0
  await using server = await serveHttp((_, response) => void response.end(String(requests++)))
  const act = client({ trustedOrigins: ['http://10.0.1.10:8008'] }).requestSwitchover(server.url, order)
  await expect(act).rejects.toMatchObject({ code: 'refused' })
  expect(requests).toBe(0)
})

test('a switchover is sent once with its guard, also when the connection breaks', async () => {
  const bodies: string[] = []
  await using server = await serveTcp((socket) => {
    socket.once('data', (bytes) => {
      bodies.push(String(bytes).split('\r\n\r\n')[1] ?? '')
      socket.end()
    })
  })
  const reply = await client().requestSwitchover(server.url, order)
  expect(reply.kind).toBe('unknown')
  expect(bodies).toEqual(['{"leader":"pg-node-1","candidate":"pg-node-2"}'])
})

test('a switchover that cannot have reached anybody is refused, not unknown', async () => {
  const server = await serveTcp(() => {})
  await server[Symbol.asyncDispose]()
  expect(await client().requestSwitchover(server.url, order)).toMatchObject({ kind: 'refused', status: null })
})

test('with an act under way there are still never more than two requests at one Patroni', async () => {
  let open = 0
  let most = 0
  const methods: string[] = []
  await using server = await serveHttp((request, response) => {
    most = Math.max(most, ++open)
    methods.push(request.method ?? '')
    setTimeout(() => {
      open--
      response.end(fixture('patroni/fixtures/4.1.4-leader-patroni.json'))
    }, 20)
  })
  const patroni = client()
  const looks = Array.from({ length: 4 }, () => patroni.status(server.url))
  await Promise.all([...looks, patroni.requestSwitchover(server.url, order)])
  expect(most).toBe(2)
  expect(methods.indexOf('POST')).toBe(2)
})

test('a scheduled time is sent with its offset', async () => {
  let body = ''
  await using server = await serveHttp((request, response) => {
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => response.writeHead(202).end('Switchover scheduled'))
  })
  const reply = await client().requestSwitchover(server.url, { ...order, candidate: null, scheduledAt: new Date(0) })
  expect(reply).toEqual({ kind: 'scheduled' })
  expect(JSON.parse(body)).toEqual({ leader: 'pg-node-1', scheduled_at: '1970-01-01T00:00:00.000Z' })
})

test.each([
  [200, 'cancelled'],
  [404, 'none-scheduled'],
  [409, 'changed'],
  [403, 'refused'],
  [502, 'unknown'],
])('cancelling a scheduled switchover, status %i is told as %s', async (status, kind) => {
  await using server = await serveHttp((_, response) => response.writeHead(status).end('x'))
  expect((await client().cancelScheduledSwitchover(server.url)).kind).toBe(kind)
})

test.each([
  [400, 'accepted'],
  [401, 'rejected'],
  [403, 'forbidden'],
])('credentials answered with %i are %s', async (status, verdict) => {
  await using server = await serveHttp((_, response) => response.writeHead(status).end())
  expect(await client().checkCredentials(server.url)).toBe(verdict)
})

test.each([
  [401, 'unauthorized'],
  [302, 'protocol'],
  [404, 'protocol'],
  [502, 'unreachable'],
])('a look answered with %i is a problem of the kind %s that names the member', async (status, kind) => {
  await using server = await serveHttp((_, response) => response.writeHead(status).end('<html>'))
  const look = client({ nameOf: () => 'pg-node-2' }).status(server.url)
  await expect(look).rejects.toMatchObject({ kind, message: expect.stringContaining('pg-node-2') })
})
