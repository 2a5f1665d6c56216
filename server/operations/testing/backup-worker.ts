import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { createPatroniClient } from '#server/adapters/patroni/client.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { createLog } from '#server/log.ts'
import { openStore } from '#server/store/open.ts'
import { findOperation } from '#server/store/operations.ts'
import { debugPointAt } from '../engine/debug-point.ts'
import { launchEngine } from '../engine/engine.ts'
import { everyMinute } from '../schedules/ticks.ts'
import { Heartbeat } from '../engine/heartbeat.ts'
import type { OperationAccess } from '../operation-access.ts'
import { startUnderName } from '../engine/take-name.ts'
import { identifySelf } from '../engine/worker-identity.ts'
import { agentAt } from './agent-over-http.ts'

// A worker with the real engine and a make-believe cluster, started by a test as a process of its own that may be killed.
const [url = '', agentUrl = '', id = 'worker', killAt = '', cron = ''] = process.argv.slice(2)
const log = createLog('worker')
const store = openStore(url, { max: 5 })
const self = identifySelf(id)
await startUnderName(store, self)
const stop = new AbortController()
const onFenced = () => process.exit(3)
void new Heartbeat({ store, self, log }).run(onFenced, stop.signal)
const surroundings = {
  store,
  worker: self,
  accessTo: () => Promise.resolve(access()),
  log,
  now: () => new Date(),
  debugPoint: debugPointAt(killAt === '' ? null : killAt),
  onFenced,
}
// Nothing tells this one what is asked for: it looks often.
await launchEngine(surroundings, { cron: cron === '' ? everyMinute : cron, pollMs: 3_000, ownPollMs: 1_000 })
process.stdout.write('the worker works\n')

function access(): OperationAccess {
  let last: Snapshot | null = null
  return {
    patroni: createPatroniClient({ user: null, password: null, caPem: null, trustedOrigins: [] }),
    trustedOrigins: [],
    readKeys: null,
    snapshot() {
      const now = new Date()
      last = takeSnapshot(last, readingsOf(healthyWorld(now)), now)
      return Promise.resolve(last)
    },
    agent: (node) => (node === 'pg-node-3' ? agentAt(agentUrl, node) : null),
    operation: (id) => findOperation(store, id),
    runningBackup: () => Promise.resolve(null),
    dcs: null,
    backups: () => Promise.resolve(null),
    agentSights: () => Promise.resolve([]),
    sessions: () => Promise.resolve(null),
    haproxy: null,
    hurry: () => {},
    lookDeep: () => {},
    calm: () => {},
  }
}
