import { expect, test } from 'vitest'
import { serveHttp, serveTcp } from '../testing/local-server.ts'
import { createPatroniClient, type PatroniAccess } from './client.ts'

function client(more: Partial<PatroniAccess> = {}) {
  return createPatroniClient({ user: 'admin', password: 'secret', caPem: null, ...more })
}

test('a restart is sent once, with credentials, to an address that was configured', async () => {
  const seen: string[] = []
  await using server = await serveHttp((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    response.end('restarted successfully')
  })
  expect(await client({ trustedOrigins: [server.url] }).restart(server.url)).toEqual({ kind: 'done' })
  expect(seen).toEqual([`POST /restart Basic ${Buffer.from('admin:secret').toString('base64')}`])
  await expect(client({ trustedOrigins: ['http://10.0.1.10:8008'] }).restart(server.url)).rejects.toMatchObject({
    code: 'refused',
  })
  expect(seen).toHaveLength(1)
})

test.each([
  [401, 'no auth header received', 'refused'],
  [503, 'restart failed', 'unknown'],
  [502, '<html>', 'unknown'],
])('HTTP status %d (%s) is %s', async (status, body, kind) => {
  await using server = await serveHttp((_, response) => void response.writeHead(status).end(body))
  expect(await client().restart(server.url)).toMatchObject({ kind })
})

test('what cannot have arrived is refused; what may have, is unknown', async () => {
  const gone = await serveTcp(() => {})
  await gone[Symbol.asyncDispose]()
  expect(await client().restart(gone.url)).toMatchObject({ kind: 'refused', status: null })
  await using silent = await serveTcp((socket) => void socket.once('data', () => socket.destroy()))
  expect(await client().restart(silent.url)).toMatchObject({ kind: 'unknown' })
})

test('a configuration is put back as the text it was', async () => {
  const text = '{"ttl": 30, "postgresql": {"parameters": {"max_connections": 200}}}'
  const bodies: string[] = []
  await using server = await serveHttp((request, response) => {
    if (request.method === 'GET') return void response.end(text)
    request.on('data', (chunk: Buffer) => bodies.push(`${request.method} ${String(chunk)}`))
    request.on('end', () => response.end(text))
  })
  const patroni = client()
  expect(await patroni.configText(server.url)).toBe(text)
  expect(await patroni.replaceConfig(server.url, text)).toEqual({ kind: 'done' })
  expect(bodies).toEqual([`PUT ${text}`])
})
