import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { createHaproxyControl } from '#server/adapters/haproxy/control.ts'
import { createSessions } from '#server/adapters/postgres/sessions.ts'
import { createLog } from '#server/log.ts'
import { openStore } from '#server/store/open.ts'
import { debugPointAt } from '../engine/debug-point.ts'
import { launchEngine } from '../engine/engine.ts'
import type { OperationSurroundings } from '../engine/surroundings.ts'
import { Heartbeat } from '../engine/heartbeat.ts'
import type { OperationAccess } from '../operation-access.ts'
import { startUnderName } from '../engine/take-name.ts'
import { identifySelf } from '../engine/worker-identity.ts'
import { agentAt } from './agent-over-http.ts'
import { noAccess } from './no-access.ts'

// A worker with the real engine, a real Postgres and a real HAProxy, and an agent of its test: started by it as a process of its own that may be killed.
const [url = '', postgresUrl = '', haproxyUrl = '', agentUrl = '', killAt = ''] = process.argv.slice(2)
const log = createLog('worker')
const store = openStore(url, { max: 5 })
const self = identifySelf('worker')
await startUnderName(store, self)
const stop = new AbortController()
const onFenced = () => process.exit(3)
void new Heartbeat({ store, self, log }).run(onFenced, stop.signal)
const surroundings: OperationSurroundings = {
  store,
  worker: self,
  accessTo: () => Promise.resolve(access()),
  log,
  now: () => new Date(),
  debugPoint: debugPointAt(killAt === '' ? null : killAt),
  onFenced,
}
// Nothing tells this one what is asked for: it looks often.
await launchEngine(surroundings, { pollMs: 3_000, ownPollMs: 1_000 })
process.stdout.write('the worker works\n')

function access(): OperationAccess {
  const { hostname, port, username, password } = new URL(postgresUrl)
  const postgres = { host: hostname, port: Number(port), user: username, password, database: 'postgres' }
  return {
    ...noAccess,
    snapshot() {
      const now = new Date()
      return Promise.resolve(takeSnapshot(null, readingsOf(healthyWorld(now)), now))
    },
    agent: (node) => agentAt(agentUrl, node),
    sessions: (who) => Promise.resolve(createSessions({ ...postgres, who })),
    haproxy: createHaproxyControl({ url: haproxyUrl, user: 'console', password: 'secret', caPem: null }),
  }
}
