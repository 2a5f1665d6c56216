import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serveHttp, serveTcp, serveTls, tlsFile } from './testing/local-server.ts'
import { askHttp } from './http.ts'
import type { HttpQuestion } from './http-exchange.ts'
import { LookError } from './look-error.ts'

async function ask(url: string, more: Partial<HttpQuestion> = {}) {
  const target = { who: 'pg-node-2', system: 'Patroni', address: new URL(url).host }
  return askHttp({ target, url: new URL(url), timeoutMs: 10_000, ...more })
}

async function problemOf(url: string, more: Partial<HttpQuestion> = {}): Promise<LookError> {
  const error = await ask(url, more).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof LookError)) throw new Error('The question was answered.', { cause: error })
  return error
}

test('an answer without a length over HTTP/1.0 is read to its end', async () => {
  await using server = await serveTcp((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.0 503 Service Unavailable\r\nServer: BaseHTTP/0.6\r\n\r\n{"state":"running"}'),
    )
  })
  expect(await ask(server.url)).toEqual({ status: 503, body: '{"state":"running"}', location: null })
})

test('a body that never ends is cut off at the limit and its connection closed', async () => {
  let sent = 0
  let isClosed = false
  await using server = await serveHttp((_, response) => {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    response.on('close', () => (isClosed = true))
    const more = () => {
      while (sent < 500 * 1024 * 1024 && !isClosed) {
        sent += chunk.length
        if (!response.write(chunk)) return void response.once('drain', more)
      }
    }
    more()
  })
  const problem = await problemOf(server.url, { timeoutMs: 5_000 })
  expect(problem.kind).toBe('too-large')
  expect(problem.message).toContain('more than 1024 KiB')
  await expect.poll(() => isClosed, { timeout: 8_000 }).toBe(true)
  expect(sent).toBeLessThan(50 * 1024 * 1024)
})

test('where the status is all that is asked for, a body is cut at the limit, left where it is compressed, and may break off', async () => {
  await using server = await serveHttp((request, response) => {
    response.statusCode = 202
    if (request.url === '/packed') response.setHeader('content-encoding', 'gzip').end(Buffer.from([0x1f, 0x8b]))
    else if (request.url === '/broken') response.write('one', () => response.destroy())
    else if (request.url === '/slow') response.write('one')
    else response.end('x'.repeat(3_000))
  })
  const asked = (path: string) =>
    ask(`${server.url}${path}`, {
      limitBytes: 1_024,
      isStatusEnough: true,
      timeoutMs: path === '/slow' ? 2_000 : 10_000,
    })
  expect(await asked('/long')).toMatchObject({ status: 202, body: 'x'.repeat(1_024) })
  for (const path of ['/packed', '/broken', '/slow']) expect(await asked(path)).toMatchObject({ status: 202, body: '' })
  await expect(ask(`${server.url}/packed`)).rejects.toMatchObject({ kind: 'protocol' })
})

test('a body of one byte at a time ends at the deadline of the whole exchange', async () => {
  await using server = await serveHttp((_, response) => {
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  })
  const problem = await problemOf(server.url, { timeoutMs: 300 })
  expect(problem.kind).toBe('timeout')
  expect(problem.message).toBe(`pg-node-2 did not answer on ${new URL(server.url).host} within 0.3 s.`)
})

test('a server that takes the connection and says nothing times out', async () => {
  await using server = await serveTcp(() => {})
  expect(await problemOf(server.url, { timeoutMs: 1_000 })).toMatchObject({ kind: 'timeout', mayHaveArrived: true })
})

test('a connection closed without a byte is an empty reply that names the likely cause', async () => {
  await using server = await serveTcp((socket) => socket.once('data', () => socket.end()))
  const problem = await problemOf(server.url)
  expect(problem.kind).toBe('empty-reply')
  expect(problem.message).toContain('cannot reach its DCS')
})

test('a reset connection is told apart from an empty reply', async () => {
  await using server = await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
  expect((await problemOf(server.url)).kind).toBe('unreachable')
})

test('a body shorter than its announced length is a broken connection', async () => {
  await using server = await serveTcp((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"state"'))
  })
  expect((await problemOf(server.url)).kind).toBe('unreachable')
})

test('nothing that listens is refused, and nothing can have arrived', async () => {
  const server = await serveTcp(() => {})
  await server[Symbol.asyncDispose]()
  expect(await problemOf(server.url)).toMatchObject({ kind: 'refused', mayHaveArrived: false })
})

test('something that does not speak HTTP is a protocol problem', async () => {
  await using server = await serveTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2p1\r\n'))
  expect((await problemOf(server.url)).kind).toBe('protocol')
})

test('endless headers are refused', async () => {
  await using server = await serveTcp((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    socket.once('data', () => socket.write(`x-long: ${'y'.repeat(100_000)}\r\n`.repeat(3)))
  })
  expect((await problemOf(server.url)).kind).toBe('protocol')
})

test('a compressed answer is not unpacked', async () => {
  await using server = await serveHttp((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
  )
  expect((await problemOf(server.url)).kind).toBe('protocol')
})

test('a redirect is not followed', async () => {
  let visits = 0
  await using server = await serveHttp((_, response) => {
    visits++
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect((await ask(server.url)).status).toBe(302)
  expect(visits).toBe(1)
})

test('an aborted signal ends the exchange at once', async () => {
  await using server = await serveTcp(() => {})
  const abort = new AbortController()
  const problem = problemOf(server.url, { signal: abort.signal, timeoutMs: 10_000 })
  await sleep(20)
  abort.abort()
  expect((await problem).message).toContain('broken off')
})

test('a certificate of the given CA is accepted', async () => {
  await using server = await serveTls('good', (_, response) => response.end('{}'))
  expect((await ask(server.url, { caPem: tlsFile('ca.pem') })).body).toBe('{}')
})

test.each([
  ['expired', 'ca.pem', 'has expired'],
  ['elsewhere', 'ca.pem', 'is for another name'],
  ['self-signed', 'ca.pem', 'is self-signed'],
  ['good', null, 'a CA that the console does not know'],
])('the certificate "%s" under the CA %s is refused: it %s', async (certificate, ca, words) => {
  await using server = await serveTls(certificate, (_, response) => response.end('{}'))
  const problem = await problemOf(server.url, { caPem: ca === null ? null : tlsFile(ca) })
  expect(problem).toMatchObject({ kind: 'tls', mayHaveArrived: false })
  expect(problem.message).toContain(words)
})

test('https towards a port without TLS says so', async () => {
  await using server = await serveHttp((_, response) => response.end('{}'))
  const problem = await problemOf(server.url.replace('http:', 'https:'))
  expect(problem.kind).toBe('tls')
  expect(problem.message).toContain('write http:// instead')
})
