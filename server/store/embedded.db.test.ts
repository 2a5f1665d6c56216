import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { AppError } from '#server/errors.ts'
import { findBinaries } from './embedded/binaries.ts'
import { startPostmaster, stopLeftover } from './embedded/postmaster.ts'
import { chooseRunAs } from './embedded/run-as.ts'
import { startEmbedded } from './embedded.ts'
import { listen } from './listen.ts'
import { inTransaction, openStore } from './open.ts'
import { notify, type Notice } from './notify.ts'
import { identify, isAlive } from './process-identity.ts'

const patience = { timeout: 60_000 }

test('the store keeps its data, its port and its passwords over a restart', async () => {
  using home = temporaryHome()
  const first = await startEmbedded(home.path)
  await run(first.url, 'create table kept (a int); insert into kept values (1)')
  await first.stop()
  const again = await startEmbedded(home.path)
  try {
    expect(again.url).toBe(first.url)
    expect(await run(again.url, 'select a from kept')).toEqual([{ a: 1 }])
  } finally {
    await again.stop()
  }
})

test('the store is for this machine and for those who know the password alone', async () => {
  using home = temporaryHome()
  const store = await startEmbedded(home.path)
  try {
    const wrong = new URL(store.url)
    wrong.password = 'wrong'
    await expect(run(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    for (const address of outsideAddresses()) {
      const outside = new URL(store.url)
      outside.hostname = address
      await expect(run(outside.href, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }
    expect(await run(store.url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false },
    ])
    expect(statSync(join(home.path, 'keys', 'store.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(home.path, 'store')).mode & 0o777).toBe(0o700)
  } finally {
    await store.stop()
  }
})

test('a killed store is an unreachable store, comes back by itself, and the pool and the listener with it', async () => {
  using home = temporaryHome()
  const told: string[] = []
  const embedded = await startEmbedded(home.path, (sentence) => told.push(sentence))
  const store = openStore(embedded.url, { max: 3 })
  const stopListening = new AbortController()
  const states: boolean[] = []
  const notices: Notice[] = []
  const listening = listen(embedded.url, {
    onNotice: (notice) => notices.push(notice),
    onState: (reachable) => states.push(reachable),
    signal: stopListening.signal,
  })
  try {
    await expect.poll(() => states, patience).toEqual([true])
    await store.pool.query('select 1')
    // What a door needs for its first use takes longer than the store is away.
    await store.prisma.$queryRaw`select 1`
    const lost = inTransaction(store, (tx) => tx.query('select pg_sleep(20)')).catch((error: unknown) => error)
    await sleep(100)
    process.kill(postmasterPid(home.path), 'SIGKILL')
    expect(await lost).toMatchObject({ code: 'store-unreachable' })
    const [failure, prismaFailure] = await Promise.all([
      store.pool.query('select 1').catch((error: unknown) => error),
      store.prisma.cluster.findMany().catch((error: unknown) => error),
    ])
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({
      code: 'store-unreachable',
      message: expect.stringContaining('its own store at 127.0.0.1'),
    })
    expect(prismaFailure).toMatchObject({ code: 'store-unreachable' })
    await expect
      .poll(
        () =>
          store.pool.query('select 1 as a').then(
            ({ rows }) => rows,
            () => null,
          ),
        patience,
      )
      .toEqual([{ a: 1 }])
    await expect.poll(() => states.at(-1), patience).toBe(true)
    expect(states).toContain(false)
    await inTransaction(store, (tx) => notify(tx, { kind: 'clusters' }))
    await expect.poll(() => notices, patience).toEqual([{ kind: 'clusters' }])
    expect(told).toEqual(['The store has ended; it is started again.'])
  } finally {
    stopListening.abort()
    await listening
    await store.close()
    await embedded.stop()
  }
})

test('a store left running by a killed supervisor is stopped, a stranger with its process id is not', async () => {
  using home = temporaryHome()
  const store = await startEmbedded(home.path)
  await store.stop()
  const dataFolder = join(home.path, 'store')
  const binaries = findBinaries()
  const runAs = chooseRunAs(dataFolder, [binaries.postgres, dataFolder])
  const port = Number(new URL(store.url).port)
  const left = await startPostmaster({
    binaries,
    runAs,
    dataFolder,
    logFile: join(home.path, 'logs', 'store.log'),
    port,
  })
  const identity = identify(postmasterPid(home.path))
  await stopLeftover(dataFolder)
  await left.exited
  expect(identity && isAlive(identity)).toBe(false)
  writeFileSync(join(dataFolder, 'postmaster.pid'), `${process.pid}\n${dataFolder}\n0\n${port}\n\n127.0.0.1\n`)
  await stopLeftover(dataFolder)
  const again = await startEmbedded(home.path)
  await again.stop()
})

function temporaryHome(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'matriarch-embedded-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

function postmasterPid(home: string): number {
  return Number(readFileSync(join(home, 'store', 'postmaster.pid'), 'utf8').split('\n')[0])
}

function outsideAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
