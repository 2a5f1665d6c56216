import { afterEach, expect, test } from 'vitest'
import { askHttp } from '#server/adapters/http.ts'
import { readPostgresStatus } from '#server/adapters/postgres/client.ts'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { outOfReach, setReach } from './guard.ts'
import { usualNetworks } from './reach.ts'
import { setOutReach } from './set-out-reach.ts'

afterEach(() => setReach({ networks: [...usualNetworks, '127.0.0.0/8', '::1'], own: [] }))

test("the console's own store and web process are not reached, even where this machine may be", async () => {
  await using store = await openTestStore()
  await using web = await serveHttp((_, response) => response.end('{}'))
  await using other = await serveHttp((_, response) => response.end('{}'))
  const ended = new AbortController()
  await setOutReach({ networks: ['127.0.0.0/8'], databaseUrl: store.url, publicUrl: web.url }, ended.signal)
  ended.abort()
  const port = Number(new URL(store.url).port)
  for (const host of ['127.0.0.1', '127.1.2.3', '::ffff:127.0.0.1']) {
    const access = { host, port, user: 'postgres', password: null, database: 'postgres', who: 'pg-1' }
    await expect(readPostgresStatus(access)).rejects.toThrow(outOfReach)
  }
  await expect(ask(web.url)).rejects.toThrow(outOfReach)
  expect(await ask(other.url)).toMatchObject({ status: 200 })
})

function ask(url: string) {
  return askHttp({ target: { who: 'Patroni', system: 'Patroni', address: url }, url: new URL(url) })
}
