import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { serveHttp } from '../testing/local-server.ts'
import { createHaproxyControl } from './control.ts'

const wish = { act: 'drain', proxy: 'replicas', server: 'pg-node-1' } as const

async function asked(answer: (response: ServerResponse) => void, password: string | null = 'secret') {
  const seen: { method?: string; url?: string; authorization?: string; body?: string } = {}
  await using server = await serveHttp((request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      Object.assign(seen, { method, url, authorization: headers.authorization, body: Buffer.concat(chunks).toString() })
      answer(response)
    })
  })
  const control = createHaproxyControl({
    url: `${server.url}/haproxy?stats;csv`,
    user: password === null ? null : 'console',
    password,
    caPem: null,
  })
  const error: unknown = await control.ask(wish).then(
    () => null,
    (problem: unknown) => problem,
  )
  return { seen, error }
}

const redirect = (told: string) => (response: ServerResponse) => {
  response.writeHead(303, { location: `/haproxy?stats;st=${told}` }).end()
}

test('a server is named to the statistics page, as the console’s user', async () => {
  const { seen, error } = await asked(redirect('DONE'))
  expect(error).toBeNull()
  expect(seen).toEqual({
    method: 'POST',
    url: '/haproxy?stats',
    authorization: `Basic ${Buffer.from('console:secret').toString('base64')}`,
    body: 's=pg-node-1&action=drain&b=replicas',
  })
})

test.each<[string, (response: ServerResponse) => void, string, boolean]>([
  ['denies it', redirect('DENY'), 'stats admin if', false],
  ['wants a password', (response) => void response.writeHead(401).end(), 'stats admin if', false],
  ['knows no such server', redirect('ERRP'), 'no server pg-node-1 in replicas', false],
  ['is something else', (response) => void response.writeHead(200).end('hello'), 'HTTP status 200', true],
])('where HAProxy %s, it is told so', async (_, answer, words, mayHaveArrived) => {
  const { error } = await asked(answer)
  expect(error).toMatchObject({ message: expect.stringContaining(words), mayHaveArrived })
})
