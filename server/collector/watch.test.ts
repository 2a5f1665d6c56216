import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { DcsKeys } from '#domain/snapshot/dcs.ts'
import type { Reading } from '#domain/snapshot/reading.ts'
import { createEtcdClient } from '#server/adapters/etcd/client.ts'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import { KeyWatch } from './watch.ts'

const range = fixture('etcd/fixtures/3.4.23-range.json')
const lines = fixture('etcd/fixtures/3.4.23-watch.ndjson').trim().split('\n')
const compacted = fixture('etcd/fixtures/3.5-watch-compacted.ndjson')

async function watching(onWatch: (response: ServerResponse, nth: number) => void, body = range) {
  const readings: Reading<DcsKeys>[] = []
  let lists = 0
  let watches = 0
  const server = await serveHttp((request, response) => {
    request.resume()
    if (request.url === '/v3/watch') return onWatch(response, ++watches)
    lists++
    response.end(body)
  })
  const end = new AbortController()
  const watch = new KeyWatch({
    etcd: createEtcdClient({ urls: [server.url], user: null, password: null, caPem: null }),
    namespace: '/service',
    scope: () => 'postgres-cluster',
    onKeys: (reading) => readings.push(reading),
    clock: () => new Date(),
    signal: end.signal,
  })
  const running = watch.run()
  return {
    watch,
    readings,
    leaders: () => readings.map((reading) => (reading.ok ? reading.value.leader : reading.kind)),
    lists: () => lists,
    watches: () => watches,
    async [Symbol.asyncDispose]() {
      end.abort()
      await running
      await server[Symbol.asyncDispose]()
    },
  }
}

test('a switchover is told with each change of the leader key and when it came', async () => {
  await using run = await watching((response) => void response.write(`${lines.join('\n')}\n`))
  await expect.poll(() => run.readings.length, { timeout: 25_000 }).toBe(20)
  const changes = run.leaders().filter((leader, i, all) => leader !== all[i - 1])
  expect(changes).toEqual(['pg-node-3', null, 'pg-node-1'])
  const [first, last] = [run.readings[0], run.readings.at(-1)]
  if (!first?.ok || !last?.ok) throw new Error('The watch told a problem.')
  expect(last.value.leaderChangedAt.getTime()).toBeGreaterThanOrEqual(first.value.leaderChangedAt.getTime())
})

test('a watch that ends is begun anew from a new list, and that is no problem', async () => {
  await using run = await watching((response, nth) => {
    if (nth === 1) response.end(`${lines[0]}\n`)
    else response.write(`${lines[0]}\n`)
  })
  await expect.poll(() => run.watches(), { timeout: 25_000 }).toBe(2)
  expect(run.lists()).toBe(2)
  expect(run.readings.every((reading) => reading.ok)).toBe(true)
})

test('a watch that etcd cancels because of compaction is begun anew', async () => {
  await using run = await watching((response, nth) => void response.write(nth === 1 ? compacted : `${lines[0]}\n`))
  await expect.poll(() => run.watches(), { timeout: 25_000 }).toBe(2)
})

test('a watch that has missed a change is found out by a proof and begun anew', async () => {
  await using run = await watching((response) => void response.write(`${lines[0]}\n`))
  await expect.poll(() => run.watches(), { timeout: 25_000 }).toBe(1)
  await run.watch.check({ revision: '293', keyCount: 9, newestModRevision: '290' })
  expect(run.watches()).toBe(1)
  await run.watch.check({ revision: '400', keyCount: 9, newestModRevision: '399' })
  await expect.poll(() => run.watches(), { timeout: 25_000 }).toBe(2)
})

test('a watch that has missed a deletion is found out by the number of keys', async () => {
  await using run = await watching((response) => void response.write(`${lines[0]}\n`))
  await expect.poll(() => run.watches(), { timeout: 25_000 }).toBe(1)
  await run.watch.check({ revision: '400', keyCount: 7, newestModRevision: '290' })
  await expect.poll(() => run.watches(), { timeout: 25_000 }).toBe(2)
})

test('a scope without any key is a problem, not a cluster without a leader', async () => {
  await using run = await watching((response) => void response.end(), '{"header":{"revision":"5"}}')
  await expect.poll(() => run.readings.length, { timeout: 25_000 }).toBeGreaterThan(0)
  expect(run.readings[0]).toMatchObject({ ok: false, kind: 'protocol' })
})

test('an etcd that refuses every watch is listed ever less often', async () => {
  await using run = await watching((response) => void response.writeHead(403).end('{"error":"permission denied"}'))
  await sleep(1_500)
  expect(run.lists()).toBeGreaterThan(1)
  expect(run.lists()).toBeLessThanOrEqual(5)
})
