import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { createAccess } from '#server/collector/access.ts'
import { ClusterCollector } from '#server/collector/collector.ts'
import { clusterWith } from '#server/collector/testing.ts'
import { createLog } from '#server/log.ts'
import { takeLeases } from '#server/store/leases.ts'
import type { Store } from '#server/store/open.ts'
import '#tools/testing/reach-loopback.ts'
import { Undo } from '#tools/console/undo.ts'
import { startTestPooler } from '#tools/testing/pooler.ts'
import { freePort } from '#tools/testing/ports.ts'
import { type Relay, startRelay } from './relay.ts'

/** Three members, each at an address of its own, with a collector that looks at them. */
export interface LoopbackCluster extends AsyncDisposable {
  collector: ClusterCollector
  /** In front of the first member's. */
  sick: { postgres: Relay; pooler: Relay }
}

const hosts = ['127.0.0.11', '127.0.0.12', '127.0.0.13']
const executorId = 'bench'

/** Members of Patroni as recorded; their Postgres is the store's own and their pooler one before it, each behind a relay. */
export async function startLoopbackCluster(store: Store): Promise<LoopbackCluster> {
  const undo = new Undo()
  try {
    return await startAll(store, undo)
  } catch (error) {
    await undo.run()
    throw error
  }
}

async function startAll(store: Store, undo: Undo): Promise<LoopbackCluster> {
  const held = <T extends AsyncDisposable>(thing: T): T => {
    undo.add(async () => thing[Symbol.asyncDispose]())
    return thing
  }
  const ports = { patroni: await freePort(), postgres: await freePort(), pooler: await freePort() }
  const pooler = held(await startTestPooler(store.url))
  // A pool to tell of.
  const client = await pooler.connect()
  undo.add(() => client.end().catch(() => {}))
  const relays: { postgres: Relay; pooler: Relay }[] = []
  for (const [n, host] of hosts.entries()) {
    const server = createServer(member(n + 1, ports)).listen(ports.patroni, host)
    await once(server, 'listening')
    undo.add(() => {
      server.closeAllConnections()
      server.close()
    })
    relays.push({
      postgres: held(await startRelay({ host, port: ports.postgres }, Number(new URL(store.url).port))),
      pooler: held(await startRelay({ host, port: ports.pooler }, pooler.port)),
    })
  }
  const collector = await startCollector(store, ports)
  undo.add(() => collector.stop())
  const [sick] = relays
  if (!sick) throw new Error('There is no member.')
  return { collector, sick, [Symbol.asyncDispose]: () => undo.run() }
}

interface Ports {
  patroni: number
  postgres: number
  pooler: number
}

async function startCollector(store: Store, ports: Ports): Promise<ClusterCollector> {
  const { username, password } = new URL(store.url)
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ('loopback', '{}') returning id`,
  )
  const id = rows[0]?.id ?? ''
  await takeLeases(store, { executorId, clusterIds: [id], ttlMs: 3_600_000 })
  const endpoints = {
    patroniUrls: hosts.map((host) => `http://${host}:${ports.patroni}`),
    postgresUser: username,
    poolerPort: ports.pooler,
  }
  const log = createLog('bench')
  // A store that is slow on a small machine holds up no look, and is not what is asked.
  log.level = 'silent'
  const collector = new ClusterCollector({
    access: createAccess(clusterWith(endpoints, { id, scope: 'postgres-cluster' }), {
      'postgres-password': { value: decodeURIComponent(password), places: hosts },
    }),
    store,
    executorId,
    previous: null,
    previousStack: null,
    onLost: () => {},
    log,
  })
  collector.start()
  return collector
}

function member(node: number, ports: Ports): RequestListener {
  return (request, response) => {
    const path = request.url?.slice(1) ?? ''
    const name = path === 'patroni' || path === 'cluster' ? `node-${node}-${path}` : path
    const body = fixture(`patroni/fixtures/3.0.2-${name}.json`)
      .replaceAll('8008', String(ports.patroni))
      .replaceAll('5432', String(ports.postgres))
      .replaceAll(/10\.0\.1\.1(\d)/g, (_, n: string) => hosts[Number(n)] ?? '')
    response.end(body.replace(/"dcs_last_seen": \d+/, `"dcs_last_seen": ${Math.floor(Date.now() / 1000)}`))
  }
}
