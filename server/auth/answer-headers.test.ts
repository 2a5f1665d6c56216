import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { answerHeaders, sendUnlessSaid } from './answer-headers.ts'

test('every answer bears them once, and what it says itself stays', async () => {
  const server = createServer((request, response) => {
    sendUnlessSaid(response, answerHeaders('https://matriarch.example.org'))
    if (request.url === '/own') response.appendHeader('cross-origin-resource-policy', 'cross-origin')
    if (request.url === '/head') response.writeHead(404, { 'content-type': 'text/plain' })
    response.end('x')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const at = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const headersOf = async (path: string) => (await fetch(`${at}${path}`)).headers
  for (const path of ['/', '/head']) {
    expect((await headersOf(path)).get('x-content-type-options')).toBe('nosniff')
    expect((await headersOf(path)).get('cross-origin-resource-policy')).toBe('same-origin')
  }
  expect((await headersOf('/own')).get('cross-origin-resource-policy')).toBe('cross-origin')
  server.closeAllConnections()
  server.close()
})

test('over https a browser never comes without it again for a year and more', () => {
  const sent = answerHeaders('https://matriarch.example.org')['strict-transport-security'] ?? ''
  expect(Number(/max-age=(\d+)/.exec(sent)?.[1])).toBeGreaterThanOrEqual(31_536_000)
  expect(answerHeaders('http://127.0.0.1:4400')).not.toHaveProperty('strict-transport-security')
})

test('what is no page may load and run nothing', () => {
  const policy = answerHeaders('https://matriarch.example.org')['content-security-policy']
  expect(policy).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
})
