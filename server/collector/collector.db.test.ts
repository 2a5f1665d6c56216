import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { serveHttp, serveTcp, type LocalServer } from '#server/adapters/testing/local-server.ts'
import { createLog } from '#server/log.ts'
import { listEvents } from '#server/store/events.ts'
import { takeLeases } from '#server/store/leases.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { createAccess } from './access.ts'
import { ClusterCollector } from './collector.ts'
import { clusterWith } from './testing.ts'

const log = createLog('test')
log.level = 'silent'

const patience = { timeout: 60_000 }

/** A member of Patroni 3.0 as recorded; its node number decides whose status it tells. */
function member(node: number, requests: { now: number; most: number } = { now: 0, most: 0 }): RequestListener {
  return (request, response) => {
    requests.now++
    requests.most = Math.max(requests.most, requests.now)
    response.on('close', () => requests.now--)
    const name =
      request.url === '/patroni' || request.url === '/cluster'
        ? `node-${node}-${request.url.slice(1)}`
        : request.url?.slice(1)
    // The members of the recording are not to be found from here.
    const body = fixture(`patroni/fixtures/3.0.2-${name}.json`).replaceAll(/10\.0\.1\.1\d:8008/g, '127.0.0.1:1')
    // The clock of the recording is long over.
    setTimeout(
      () => response.end(body.replace(/"dcs_last_seen": \d+/, `"dcs_last_seen": ${Math.floor(Date.now() / 1000)}`)),
      20,
    )
  }
}

async function collecting(store: TestStore, servers: LocalServer[]) {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ('orders', '{}') returning id`,
  )
  const id = rows[0]?.id ?? ''
  await takeLeases(store, { executorId: 'worker-1', clusterIds: [id], ttlMs: 60_000 })
  const cluster = clusterWith({ patroniUrls: servers.map((server) => server.url) }, { id, scope: 'postgres-cluster' })
  let isLost = false
  const collector = new ClusterCollector({
    access: createAccess(cluster, {}),
    store,
    executorId: 'worker-1',
    previous: await latestSnapshot(store, id),
    previousStack: null,
    onLost: () => (isLost = true),
    log,
  })
  collector.start()
  return {
    id,
    collector,
    isLost: () => isLost,
    [Symbol.asyncDispose]: () => collector.stop(),
  }
}

const hostOf = (server: LocalServer) => new URL(server.url).host

test('a hanging member and one that never stops sending delay nobody else', async () => {
  await using store = await openTestStore()
  let looksAtGood = 0
  await using good = await serveHttp((request, response) => {
    if (request.url === '/patroni') looksAtGood += 1
    member(3)(request, response)
  })
  await using hanging = await serveTcp(() => {})
  await using endless = await serveHttp((_, response) => {
    const chunk = Buffer.alloc(64 * 1024, '[')
    const more = () => {
      while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', more)
    }
    more()
  })
  const before = process.memoryUsage().rss
  await using run = await collecting(store, [good, hanging, endless])
  const problems = () => {
    const members = run.collector.current()?.members ?? []
    return [good, hanging, endless].map(
      (server) => members.find(({ name }) => name === hostOf(server))?.problem?.kind ?? null,
    )
  }
  await expect.poll(problems, patience).toEqual([null, 'timeout', 'too-large'])
  // The first look at the hanging one has only just ended.
  expect(looksAtGood).toBeGreaterThan(1)
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
})

test('never more than two requests are under way at one member, however fast it is looked at', async () => {
  await using store = await openTestStore()
  const requests = { now: 0, most: 0 }
  await using server = await serveHttp(member(3, requests))
  await using run = await collecting(store, [server])
  for (let i = 0; i < 30; i++) {
    run.collector.hurry(Date.now() + 10_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(requests.most).toBeLessThanOrEqual(2)
})

test('what is seen while the store is away is written in order when it is back', async () => {
  await using store = await openTestStore()
  let node = 3
  await using server = await serveHttp((request, response) => member(node)(request, response))
  await using run = await collecting(store, [server])
  await expect.poll(() => latestSnapshot(store, run.id).then((kept) => kept?.version ?? 0), patience).toBeGreaterThan(0)
  // From here on nothing can be written: what was told until now is all.
  await store.pool.query(`alter table latest_snapshot rename to away`)
  const before = await listEvents(store, { limit: 100 })
  node = 1
  await expect
    .poll(() => run.collector.current()?.members.find(({ seenAt }) => seenAt !== null)?.isWritable, patience)
    .toBe(false)
  expect(await listEvents(store, { limit: 100 })).toEqual(before)
  await store.pool.query(`alter table away rename to latest_snapshot`)

  await expect
    .poll(
      () => latestSnapshot(store, run.id).then((kept) => kept?.members.some((each) => each.isWritable === true)),
      patience,
    )
    .toBe(false)
  const told = (await listEvents(store, { limit: 100 })).toReversed()
  expect(told.length).toBeGreaterThan(before.length)
  expect(told.map(({ at }) => at.getTime())).toEqual(told.map(({ at }) => at.getTime()).toSorted((a, b) => a - b))
})

test('a collector that lost its lease stops looking and writes no more', async () => {
  await using store = await openTestStore()
  const requests = { now: 0, most: 0 }
  await using server = await serveHttp(member(3, requests))
  await using run = await collecting(store, [server])
  await expect.poll(() => latestSnapshot(store, run.id), patience).not.toBeNull()
  await store.pool.query(`update cluster_lease set executor_id = 'worker-2'`)
  await expect.poll(() => run.isLost(), patience).toBe(true)
  const version = (await latestSnapshot(store, run.id))?.version
  requests.most = 0
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect(requests.most).toBe(0)
  expect((await latestSnapshot(store, run.id))?.version).toBe(version)
})

test('a restarted collector goes on from the kept snapshot and tells nothing twice', async () => {
  await using store = await openTestStore()
  await using server = await serveHttp(member(3))
  const first = await collecting(store, [server])
  const isSettled = async () => {
    const kept = await latestSnapshot(store, first.id)
    return kept?.config != null && (await listEvents(store, { limit: 100 })).length > 0
  }
  // The settings, and the member that its address does not answer for: what the first has not told of the second tells, and rightly.
  await expect.poll(isSettled, patience).toBe(true)
  await first.collector.stop()
  const told = await listEvents(store, { limit: 100 })
  const kept = await latestSnapshot(store, first.id)
  const again = new ClusterCollector({
    access: first.collector.access,
    store,
    executorId: 'worker-1',
    previous: kept,
    previousStack: null,
    onLost: () => {},
    log,
  })
  again.start()
  await expect.poll(() => again.current()?.version ?? 0, patience).toBeGreaterThan(kept?.version ?? 0)
  await again.stop()
  // On a busy machine a look can come too late, of which is told for the first time then.
  expect(told.map(({ kind }) => kind)).toContain('member-unreachable')
  const all = await listEvents(store, { limit: 100 })
  for (const event of told) {
    expect(all.filter(({ kind, member }) => kind === event.kind && member === event.member)).toEqual([event])
  }
})
