import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { LabError } from '#lab/failure.ts'
import type { Store } from '#server/store/open.ts'
import { addSampledCluster } from '#server/store/samples/testing.ts'
import { startStandbyPair } from '../testing/standby-pair.ts'
import { backendUsage, hasLeft, usedBy } from './backend-usage.ts'
import { withBenchStore } from './bench-store.ts'
import { type Exporting, installExporter, startExporting } from './exporter.ts'
import { usageOf } from './process-usage.ts'
import { bundle } from '../console/bundle.ts'
import { root } from '../console/root.ts'
import { report } from './report.ts'
import { round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'

/**
 * As a worker has it that looks at twenty members, each every ten seconds. For one member alone each look bears more of what goes on between
 * two, as V8 collects the heap of a process that rests: measured at 10 s, 2.6 ms the look and 6 ms V8, against 16 ms.
 */
const intervalMs = 500
const sweepMs = 10_000
const looks = 600
const warmUps = 20
const sessions = 30
const limit = { collector: 0.5, postgres: 1 }

/**
 * What one member's deep look costs, beside postgres_exporter and Prometheus on the same Postgres at the same pace: CPU of the
 * collector with all that it does to keep what it saw, and of Postgres's sessions for it. Both sides take turns for five minutes.
 */
export async function collect(stopping: AbortSignal): Promise<void> {
  installExporter()
  await withBenchStore((store) => unlessStopped(measure(store, stopping), stopping))
}

async function measure(store: Store, stopping: AbortSignal): Promise<void> {
  await using pair = await startStandbyPair()
  await using admin = await connect(pair.primaryPort, 'postgres')
  await prepare(admin.client)
  await using clients = await openSessions(pair.primaryPort)
  await using exporting = await startExporting(pair.primaryPort, intervalMs)
  await using looker = await startLooker(store, pair.primaryPort)
  const waitFor = async (count: number) => {
    while (looker.looks() < count || (await exporting.scrapes()).answered < count)
      await sleep(intervalMs / 5, undefined, { signal: stopping })
  }
  await waitFor(warmUps)
  const readUse = async () => ({
    looks: looker.looks(),
    collector: usageOf(looker.pid).cpuSeconds,
    exporter: usageOf(exporting.exporter).cpuSeconds,
    prometheus: usageOf(exporting.prometheus).cpuSeconds,
    postgres: await backendUsage(admin.client),
    store: await storeUse(store),
    scraped: await exporting.scrapes(),
  })
  const before = await readUse()
  // Nobody asks Prometheus anything meanwhile: that would count as its work.
  await sleep(intervalMs * (looks + 1), undefined, { signal: stopping })
  tell(before, await readUse(), exporting, clients.count)
}

interface Use {
  looks: number
  collector: number
  exporter: number
  prometheus: number
  postgres: Awaited<ReturnType<typeof backendUsage>>
  store: number
  scraped: { answered: number; samples: number }
}

function tell(from: Use, to: Use, { version }: Exporting, clients: number): void {
  const ours = to.looks - from.looks
  const theirs = to.scraped.answered - from.scraped.answered
  if (ours < looks || theirs < looks)
    throw new LabError(`Only ${ours} looks and ${theirs} scrapes were answered: nothing can be said.`)
  const each = (seconds: number, times: number) => round((seconds / times) * 1000, 2)
  if (hasLeft('exporter', from.postgres, to.postgres))
    throw new LabError('A session of the exporter has ended meanwhile.')
  const collectorMs = each(to.collector - from.collector, ours)
  const exporterMs = each(to.exporter - from.exporter, theirs)
  const prometheusMs = each(to.prometheus - from.prometheus, theirs)
  const ratio = round(collectorMs / (exporterMs + prometheusMs), 2)
  const storeMs = each(to.store - from.store, ours)
  const setting = {
    bench: 'collect',
    looks: ours,
    scrapes: theirs,
    intervalMs,
    clients,
    samples: to.scraped.samples,
    against: version,
  }
  report({
    ...setting,
    of: 'collector',
    collectorMs,
    exporterMs,
    prometheusMs,
    ratio,
    storeMs,
    limit: limit.collector,
    isWithin: ratio <= limit.collector,
  })
  // What the sizes of the databases cost is in sessions of their own that end, and nobody else's do. They are asked by the clock, so that
  // their share of a look is by the pace of one member.
  const ended = to.postgres.ended - from.postgres.ended
  const sizesMs = each(ended, (ours * intervalMs) / sweepMs)
  const lookMs = round(each(usedBy('watcher', from.postgres, to.postgres), ours) + sizesMs, 2)
  const scrapeMs = each(usedBy('exporter', from.postgres, to.postgres), theirs)
  const postgresRatio = round(lookMs / scrapeMs, 2)
  const isWithin = postgresRatio <= limit.postgres
  report({
    ...setting,
    of: 'postgres',
    sizesMs,
    lookMs,
    scrapeMs,
    ratio: postgresRatio,
    limit: limit.postgres,
    isWithin,
  })
}

/** Of the sessions of this process's own and the looker's at the store, and of those that have ended. */
async function storeUse(store: Store): Promise<number> {
  const client = new pg.Client({ connectionString: store.url })
  await client.connect()
  try {
    const { open, ended } = await backendUsage(client)
    return ended + [...open.values()].flatMap((pids) => [...pids.values()]).reduce((sum, each) => sum + each, 0)
  } finally {
    await client.end()
  }
}

async function prepare(client: pg.Client): Promise<void> {
  for (const role of ['watcher', 'exporter']) await client.query(`create role ${role} login in role pg_monitor`)
  for (const name of ['orders', 'billing', 'stock']) {
    await client.query(`create database ${name}`)
  }
  // Its workers would be counted among the sessions that ended.
  await client.query('alter system set autovacuum = off')
  await client.query('select pg_reload_conf()')
}

async function connect(port: number, user: string) {
  const client = new pg.Client({ host: '127.0.0.1', port, user, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  return { client, [Symbol.asyncDispose]: () => client.end().catch(() => {}) }
}

/** Clients that are connected and idle, as behind a pooler. */
async function openSessions(port: number) {
  const open: Awaited<ReturnType<typeof connect>>[] = []
  for (let n = 0; n < sessions; n++) open.push(await connect(port, 'postgres'))
  return {
    count: open.length,
    async [Symbol.asyncDispose]() {
      await Promise.all(open.map((each) => each[Symbol.asyncDispose]()))
    },
  }
}

async function startLooker(store: Store, port: number) {
  const clusterId = await addSampledCluster(store)
  // As the worker is run, without what translates it.
  const folder = join(root, '.state', 'bench')
  await bundle([join(root, 'tools/bench/deep-looker.ts')], folder)
  const words = [join(folder, 'deep-looker.mjs'), String(port), store.url, clusterId, String(intervalMs)]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  let count = 0
  child.stdout.on('data', (text: Buffer) => (count += text.toString().split('\n').length - 1))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return {
    pid: child.pid ?? 0,
    looks: () => count,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
