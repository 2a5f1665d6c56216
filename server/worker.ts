import { setTimeout as sleep } from 'node:timers/promises'
import { Fleet } from './collector/fleet.ts'
import { createEnd } from './collector/loop.ts'
import { readWorkerEnv } from './env.ts'
import { AppError } from './errors.ts'
import { checkProof } from './factors/check-proof.ts'
import { createLog } from './log.ts'
import { debugPointAt } from './operations/engine/debug-point.ts'
import { launchEngine } from './operations/engine/engine.ts'
import { Heartbeat } from './operations/engine/heartbeat.ts'
import { takeQueued } from './operations/engine/take-queued.ts'
import { leaveName, startUnderName } from './operations/engine/take-name.ts'
import { watchOverPeers } from './operations/engine/takeover.ts'
import type { CheckProof } from './operations/approvals/check-proof.ts'
import { identifySelf } from './operations/engine/worker-identity.ts'
import { findCluster } from './store/clusters.ts'
import { loadWorkerKeys, publishSealingKey } from './store/keys.ts'
import { listen } from './store/listen.ts'
import { openStore } from './store/open.ts'
import { grantWeb } from './store/roles.ts'
import { readClusterSecrets } from './store/secrets.ts'
import { loadSigningKey, publishSigningKey } from './store/signing-key.ts'
import { forgetOldWorkers } from './store/workers.ts'
import { tellingListener } from './alerts/notify/tell.ts'
import { startNotifying } from './worker/notify.ts'
import { startWatchingAlerts } from './worker/watch-alerts.ts'
import { startWatchingMaintenance } from './worker/watch-maintenance.ts'
import { startWatchingRequests } from './worker/watch-requests.ts'
import { answerInquiries } from './worker/answer-inquiries.ts'
import { startEnrolling } from './worker/enrol-loop.ts'
import { callKeyOf } from './adapters/agent/call.ts'
import { closeKeptConnections } from './adapters/agent/kept-connections.ts'
import { startKeepingSamples } from './worker/keep-samples.ts'
import { NodeLooks } from './worker/look-at-nodes.ts'
import { BackupLooks } from './worker/look-at-backups.ts'
import { startReadingIncidentLogs } from './worker/read-incident-logs.ts'
import { RoomsTold } from './worker/rooms-told.ts'
import { setOutReach } from './adapters/reach/set-out-reach.ts'
import { operationAccess } from './worker/operation-access.ts'
import { AuditWitnesses } from './worker/audit-witnesses.ts'
import { startSigningCheckpoints } from './worker/sign-checkpoints.ts'
import { startWatchingAgents } from './worker/watch-agents.ts'

const log = createLog('worker')
const ended = createEnd()
const stopWithinMs = 8_000
const stops: (() => Promise<void>)[] = []

try {
  await work()
} catch (error) {
  log.fatal({ error }, error instanceof AppError ? error.message : 'the worker cannot work')
  process.exit(1)
}

async function work(): Promise<void> {
  const env = readWorkerEnv()
  const self = identifySelf(env.workerId)
  await setOutReach({ networks: env.reach, databaseUrl: env.databaseUrl, publicUrl: env.publicUrl }, ended.signal)
  const store = openStore(env.databaseUrl, { max: 10 })
  // Signs of life must not wait behind other work.
  const vital = openStore(env.databaseUrl, { max: 2, statementTimeoutMs: 3_000 })
  stopOnSignals()

  await onceReachable(() => startUnderName(vital, self))
  // What runs is left to others, at once: after this it can neither write nor act.
  stops.push(() => leaveName(vital, self))
  const heartbeat = new Heartbeat({ store: vital, self, log })
  void heartbeat.run(onFenced, ended.signal)
  const keys = loadWorkerKeys(env.home)
  await onceReachable(() => publishSealingKey(store, keys, self.executorId))
  const signingKey = loadSigningKey(env.home)
  await onceReachable(() => publishSigningKey(store, signingKey, self.executorId))

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
  stops.push(() => fleet.stop())
  const accessTo = operationAccess(fleet, store, callKeyOf(signingKey))
  const debugPoint = debugPointAt(env.debugKillAt, env.debugKillFile)
  const surroundings = { store, worker: self, accessTo, log, now: () => new Date(), debugPoint, onFenced }
  stops.push(await onceReachable(() => launchEngine(surroundings)))
  void onceReachable(() => grantWeb(env.databaseUrl)).catch((error: unknown) =>
    log.error({ error }, 'the web tier may not enqueue operations'),
  )
  log.info({ worker: self.executorId }, 'the worker works')

  void watchOverPeers({ store: vital, self, heartbeat, log }, ended.signal)
  void forgetOldWorkers(store).catch((error: unknown) => log.warn({ error }, 'old workers are still known'))
  const { publicUrl } = env
  const notifying = { store, keys, publicUrl, log, signal: ended.signal }
  const answering = {
    ...notifying,
    signingKey,
    checkProof: ((tx, check) => checkProof(tx, { store, keys, ...check })) satisfies CheckProof,
  }
  const answer = () => {
    void answerInquiries(answering).catch((error: unknown) => log.warn({ error }, 'questions could not be taken up'))
  }
  const take = () => {
    void takeQueued().catch((error: unknown) => log.debug({ error }, 'the queue is looked at again at its poll'))
  }
  const agents = {
    store,
    keys,
    signingKey,
    executorId: self.executorId,
    log,
    signal: ended.signal,
    rooms: new RoomsTold(),
    witnesses: new AuditWitnesses(store, signingKey),
  }
  startSigningCheckpoints({ ...agents, addresses: env.auditWitnesses })
  const enrolment = startEnrolling(agents)
  const agentWatch = startWatchingAgents({ ...agents, onWaiting: (agent) => enrolment.attendTo(agent) })
  stops.push(async () => closeKeptConnections())
  const nodes = new NodeLooks(agents)
  nodes.start()
  startKeepingSamples(agents)
  const incidentLogs = startReadingIncidentLogs(agents)
  const backups = new BackupLooks({ ...agents, accessOf: (clusterId) => fleet.accessOf(clusterId) })
  backups.start()
  const alerts = startWatchingAlerts({
    store,
    executorId: self.executorId,
    fleet,
    onChanges: tellingListener(log),
    log,
    signal: ended.signal,
  })
  const requests = startWatchingRequests(agents)
  const maintenance = startWatchingMaintenance({ store, log, signal: ended.signal })
  const notifier = startNotifying(notifying)
  void listen(env.databaseUrl, {
    signal: ended.signal,
    onNotice(notice) {
      fleet.hear(notice)
      backups.hear(notice)
      nodes.hear(notice)
      alerts.hear(notice)
      notifier.hear(notice)
      incidentLogs.hear(notice)
      requests.hear(notice)
      maintenance.hear(notice)
      if (notice.kind === 'inquiry') answer()
      if (notice.kind === 'operation') take()
      if (notice.kind === 'agents') {
        enrolment.wake()
        agentWatch.wake()
      }
    },
    onState(isReachable) {
      if (!isReachable) return
      answer()
      take()
      enrolment.wake()
      notifier.hear({ kind: 'alerts' })
      incidentLogs.hear({ kind: 'alerts' })
      maintenance.hear({ kind: 'alerts' })
      requests.hear({ kind: 'operation' })
    },
  })
}

/** Waits for a store that is not there yet, or not migrated yet; what is wrong for good is thrown. */
async function onceReachable<T>(attempt: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error)) throw error
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'the store is not ready; waiting for it',
      )
      await sleep(Math.min(250 * 2 ** failures, 5_000))
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'store-unreachable' || error.code === 'timeout'
  if (!(error instanceof Error)) return false
  if (error.name === 'DBOSInitializationError') return true
  return 'code' in error && typeof error.code === 'string' && unprepared.has(error.code)
}

// Undefined table or role: whoever starts the console is still preparing the store.
const unprepared: ReadonlySet<string> = new Set(['42P01', '42704'])

function onFenced(): void {
  if (ended.signal.aborted) return
  log.fatal('this worker was declared dead: somebody else does its work by now')
  process.exit(3)
}

function stopOnSignals(): void {
  const onSignal = () => {
    if (ended.signal.aborted) return
    ended.abort()
    setTimeout(() => process.exit(1), stopWithinMs)
    void stopAll().then((isGood) => process.exit(isGood ? 0 : 1))
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

async function stopAll(): Promise<boolean> {
  const [leave, ...others] = stops
  const outcomes = [
    ...(await Promise.allSettled([leave?.()])),
    ...(await Promise.allSettled(others.map((stop) => stop()))),
  ]
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  for (const error of failures) log.warn({ error }, 'did not stop in good order')
  return failures.length === 0
}
