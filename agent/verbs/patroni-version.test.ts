import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { patroniVersion } from './patroni-version.ts'

async function versionFrom(answer: string): Promise<string | null> {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const version = await patroniVersion(`http://127.0.0.1:${port}`, { PATH: '/nowhere' })
    expect(asked).toEqual(['/patroni'])
    return version
  } finally {
    server.close()
  }
}

test("Patroni's own word tells its version", async () => {
  expect(await versionFrom('{"state":"running","patroni":{"version":"4.0.5","scope":"orders"}}')).toBe('4.0.5')
})
