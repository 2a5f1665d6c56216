import { createServer, type ServerResponse } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { ApiProblem } from './api-problem.ts'
import { change, get } from './api.ts'

afterEach(() => vi.unstubAllEnvs())

const away = JSON.stringify({ detail: 'The store is away.', code: 'store-unreachable', fields: [] })
const refused = JSON.stringify({ detail: 'No.', code: 'refused', fields: [] })
const html = '<html>'

test.each([
  ['a proxy that got no answer', 502, html, 'protocol', true],
  ['a proxy that waited too long', 504, '', 'protocol', true],
  ['a proxy of whatever kind', 503, html, 'protocol', true],
  ['a page that says all is well', 200, html, 'protocol', true],
  ['a console that lost its store on the way', 503, away, 'store-unreachable', true],
  ['a console that refuses', 412, refused, 'refused', false],
  ['a server that is no console', 404, html, 'protocol', false],
] as const)(
  'after %s it is known or not whether a change was carried out',
  async (_, status, body, code, isUnknown) => {
    await using server = await answering((response) => response.writeHead(status).end(body))
    vi.stubEnv('MATRIARCH_URL', server.url)
    vi.stubEnv('MATRIARCH_TOKEN', 'mtr_x')
    const problem = await change('POST', '/x', {}).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ code, isOutcomeUnknown: isUnknown })
    expect(String(problem).includes('may have been carried out')).toBe(isUnknown)
    expect(await get('/x').catch((error: unknown) => error)).toMatchObject({ code, isOutcomeUnknown: false })
  },
)

test('after an answer that breaks off it is not known whether a change was carried out', async () => {
  await using server = await answering((response) => {
    response.writeHead(202, { 'content-length': '100' }).write('{"id":')
    setTimeout(() => response.destroy(), 20)
  })
  vi.stubEnv('MATRIARCH_URL', server.url)
  vi.stubEnv('MATRIARCH_TOKEN', 'mtr_x')
  await expect(change('POST', '/x', {})).rejects.toMatchObject({ code: 'no-answer', isOutcomeUnknown: true })
  await expect(get('/x')).rejects.toMatchObject({ code: 'no-answer', isOutcomeUnknown: false })
})

async function answering(answer: (response: ServerResponse) => void): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
