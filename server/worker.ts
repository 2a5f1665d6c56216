import { setTimeout as sleep } from 'node:timers/promises'
import { Fleet } from './collector/fleet.ts'
import { readWorkerEnv } from './env.ts'
import { AppError } from './errors.ts'
import { createLog } from './log.ts'
import { debugPointAt } from './operations/debug-point.ts'
import { launchEngine, stopEngine } from './operations/engine.ts'
import { Heartbeat } from './operations/heartbeat.ts'
import { leaveName, startUnderName } from './operations/take-name.ts'
import { watchOverPeers } from './operations/takeover.ts'
import { identifySelf } from './operations/worker-identity.ts'
import { findCluster } from './store/clusters.ts'
import { loadWorkerKeys, publishSealingKey } from './store/keys.ts'
import { listen } from './store/listen.ts'
import { openStore } from './store/open.ts'
import { grantWeb } from './store/roles.ts'
import { readClusterSecrets } from './store/secrets.ts'
import { forgetOldWorkers } from './store/workers.ts'
import { answerInquiries } from './worker/answer-inquiries.ts'
import { operationAccess } from './worker/operation-access.ts'

const log = createLog('worker')
const ended = new AbortController()
const stopWithinMs = 8_000

try {
  await work()
} catch (error) {
  log.fatal({ error }, error instanceof AppError ? error.message : 'the worker cannot work')
  process.exit(1)
}

async function work(): Promise<void> {
  const env = readWorkerEnv()
  const self = identifySelf(env.workerId)
  const store = openStore(env.databaseUrl, { max: 10 })
  // Signs of life must not wait behind other work.
  const vital = openStore(env.databaseUrl, { max: 2, statementTimeoutMs: 3_000 })
  stopOnSignals(() => stop())

  await onceReachable(() => startUnderName(vital, self))
  const heartbeat = new Heartbeat({ store: vital, self, log })
  void heartbeat.run(onFenced, ended.signal)
  const keys = loadWorkerKeys(env.home)
  await onceReachable(() => publishSealingKey(store, keys))

  const fleet = new Fleet({
    store,
    executorId: self.executorId,
    log,
    async loadCluster(clusterId) {
      const cluster = await findCluster(store, clusterId)
      return cluster && { cluster, secrets: await readClusterSecrets(store, keys, clusterId) }
    },
  })
  fleet.start()
  const accessTo = operationAccess(fleet, store)
  const debugPoint = debugPointAt(env.debugKillAt)
  await onceReachable(() =>
    launchEngine({ store, worker: self, accessTo, log, now: () => new Date(), debugPoint, onFenced }),
  )
  await onceReachable(() => grantWeb(env.databaseUrl))
  log.info({ worker: self.executorId }, 'the worker works')

  void watchOverPeers({ store: vital, self, heartbeat, log }, ended.signal)
  void forgetOldWorkers(store).catch((error: unknown) => log.warn({ error }, 'old workers are still known'))
  const answer = () => {
    void answerInquiries({ store, keys, log, signal: ended.signal }).catch((error: unknown) =>
      log.warn({ error }, 'questions could not be taken up'),
    )
  }
  void listen(env.databaseUrl, {
    signal: ended.signal,
    onNotice(notice) {
      fleet.hear(notice)
      if (notice.kind === 'inquiry') answer()
    },
    onState(isReachable) {
      if (isReachable) answer()
    },
  })

  async function stop(): Promise<void> {
    ended.abort()
    // What runs is left to others, at once: after this it can neither write nor act.
    await leaveName(vital, self)
    await Promise.all([stopEngine(), fleet.stop()])
  }
}

/** Waits for a store that is not there yet, or not migrated yet; what is wrong for good is thrown. */
async function onceReachable(attempt: () => Promise<void>): Promise<void> {
  for (let failures = 0; !ended.signal.aborted; failures += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error)) throw error
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the store is not ready; waiting for it')
      await sleep(Math.min(250 * 2 ** failures, 5_000), undefined, { signal: ended.signal }).catch(() => {})
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'store-unreachable' || error.code === 'timeout'
  if (!(error instanceof Error)) return false
  // Undefined table: whoever starts the console is still migrating.
  return error.name === 'DBOSInitializationError' || ('code' in error && error.code === '42P01')
}

function onFenced(): void {
  if (ended.signal.aborted) return
  log.fatal('this worker was declared dead: somebody else does its work by now')
  process.exit(3)
}

function stopOnSignals(stop: () => Promise<void>): void {
  const onSignal = () => {
    if (ended.signal.aborted) return
    setTimeout(() => process.exit(1), stopWithinMs)
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.warn({ error }, 'did not stop in good order')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
