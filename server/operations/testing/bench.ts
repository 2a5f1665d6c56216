import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterConfig, ClusterDraft } from '#domain/fleet/cluster.ts'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import { lastTimelineOf } from '#domain/snapshot/last-timeline.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { inTransaction } from '#server/store/open.ts'
import { findOperation } from '#server/store/operations.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { writeEnd } from '../engine/end.ts'
import { requestFailover } from '../request/request-failover.ts'
import { requestSwitchover, type SwitchoverRequest } from '../request/request.ts'
import { type OwnStore, registerCluster, startOwnStore } from './own-store.ts'
import { spawnWorker, type WorkerProcess } from './worker-process.ts'

export interface RealCluster {
  scope: string
  systemIdentifier: string
  patroniUrls: string[]
  etcdUrls: string[]
  rest: { user: string; password: string } | null
  sql: { user: string; password: string }
}

/** No wait outlives its test: vitest gives each 420 s, and what it cuts off it does not clean up. */
const testMs = 410_000

/** A store of its own, in which one real cluster is registered, and worker processes on it. */
export class Bench implements AsyncDisposable {
  readonly own: OwnStore
  readonly cluster: ClusterConfig
  readonly #workers = new Set<WorkerProcess>()
  #testEndsAt = Infinity

  private constructor(own: OwnStore, cluster: ClusterConfig) {
    this.own = own
    this.cluster = cluster
  }

  static async open(real: RealCluster): Promise<Bench> {
    const own = await startOwnStore()
    return new Bench(own, await registerCluster(own.store, draftOf(real), real))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#killWorkers()
    await this.own[Symbol.asyncDispose]()
  }

  /** Before each test: ends what one before it left, workers first, so that it neither holds a name nor the cluster. */
  async startOver(): Promise<void> {
    this.#testEndsAt = performance.now() + testMs
    await this.#killWorkers()
    const { store, operator } = this.own
    const { rows } = await store.pool.query<{ id: string }>('select id from operation where ended_at is null')
    const end = { state: 'unknown', outcome: 'The test that asked for this is over.', result: null } as const
    for (const { id } of rows) await inTransaction(store, (tx) => writeEnd(tx, id, end, operator))
  }

  async startWorker(workerId: string, killAt?: string): Promise<WorkerProcess> {
    const { url, home } = this.own
    const worker = spawnWorker({
      storeUrl: url,
      home,
      workerId,
      logFile: join(home, `${workerId}.log`),
      readyWithinMs: this.#within(90_000),
      ...(killAt === undefined ? {} : { killAt }),
    })
    this.#workers.add(worker)
    await worker.ready
    // The rights that asking takes are given beside the start of the first one.
    await this.until('the web tier may ask for operations', 60_000, async () => {
      const { rows } = await this.own.web.pool.query<{ may: boolean }>(
        "select coalesce(has_schema_privilege(to_regnamespace('dbos')::oid, 'usage'), false) as may",
      )
      return rows[0]?.may === true ? true : null
    })
    return worker
  }

  /** Asks as the web tier does. */
  request(before: Snapshot, wish: Partial<SwitchoverRequest>): Promise<Operation> {
    const { systemIdentifier } = before
    return requestSwitchover(this.own.web, {
      actor: this.own.operator,
      cluster: this.cluster,
      kind: 'switchover',
      candidate: null,
      scheduledAt: null,
      reason: 'the test moves the lead',
      confirmName: this.cluster.name,
      expected: { leader: leaderOf(before), timeline: timelineOf(before), systemIdentifier },
      idempotencyKey: randomUUID(),
      ...wish,
    })
  }

  /** Asks for a named member to be made the leader, as the web tier does. */
  requestFailover(before: Snapshot, candidate: string): Promise<Operation> {
    const { systemIdentifier } = before
    return requestFailover(this.own.web, {
      actor: this.own.operator,
      cluster: this.cluster,
      candidate,
      reason: 'the test names a leader',
      confirmName: this.cluster.name,
      expected: { leader: leaderOf(before), timeline: lastTimelineOf(before), systemIdentifier },
      idempotencyKey: randomUUID(),
    })
  }

  untilEnded({ id }: Operation): Promise<Operation> {
    return this.until('the operation has ended', 300_000, async () => {
      const operation = await findOperation(this.own.store, id)
      return operation && isEnded(operation.state) ? operation : null
    })
  }

  /** How the worker died that was to die in this operation; an error when the operation ends without that. */
  untilDead(worker: WorkerProcess, { id }: Operation): Promise<string> {
    let how: string | null = null
    void worker.ended.then((found) => {
      how = found
    })
    return this.until('the worker is dead', 180_000, async () => {
      if (how !== null) return how
      const operation = await findOperation(this.own.store, id)
      if (!operation || !isEnded(operation.state)) return null
      // Its last point comes right after the end is written.
      const late = await Promise.race([worker.ended, sleep(2_000, null)])
      if (late !== null) return late
      throw new Error(`The operation ended ${operation.state} with its worker alive: ${operation.outcome}`)
    })
  }

  /** A picture of after the call in which a leader works, two replicas could take over and nothing is scheduled. */
  healthy(): Promise<Snapshot> {
    const calledAt = new Date()
    return this.seen('a leader at work and two replicas that follow closely', (snapshot) => {
      const { members, leader, scheduledSwitchover, takenAt } = snapshot
      if (takenAt < calledAt) return false
      const leading = members.find(({ name }) => name === leader?.name)
      const followers = members.filter(
        ({ state, timeline, receiveLag }) =>
          state === 'streaming' &&
          timeline === leading?.timeline &&
          typeof receiveLag === 'number' &&
          receiveLag < 500_000,
      )
      return leading?.isWritable === true && followers.length === 2 && scheduledSwitchover === null
    })
  }

  /** A fresh picture as wished for. */
  seen(what: string, isSeen: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    return this.until(what, 180_000, async () => {
      const snapshot = await latestSnapshot(this.own.store, this.cluster.id)
      if (!snapshot || Date.now() - snapshot.takenAt.getTime() > 3_000) return null
      return isSeen(snapshot) ? snapshot : null
    })
  }

  /** Outcomes of all that the audit log holds of an operation. */
  async audited({ id }: Operation): Promise<string[]> {
    const { rows } = await this.own.store.pool.query<{ entry: string }>(
      `select action || ' ' || outcome as entry from audit_event where operation_id = $1 order by seq`,
      [id],
    )
    return rows.map(({ entry }) => entry)
  }

  async until<T>(what: string, timeoutMs: number, look: () => Promise<T | null>): Promise<T> {
    const withinMs = this.#within(timeoutMs)
    const deadline = performance.now() + withinMs
    while (performance.now() < deadline) {
      const found = await look()
      if (found !== null) return found
      await sleep(50)
    }
    throw new Error(`Not within ${Math.round(withinMs / 1000)} s: ${what}. The workers' logs are in ${this.own.home}.`)
  }

  #within(timeoutMs: number): number {
    return Math.max(0, Math.min(timeoutMs, this.#testEndsAt - performance.now()))
  }

  async #killWorkers(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker[Symbol.asyncDispose]()))
    this.#workers.clear()
  }
}

function draftOf({ patroniUrls, etcdUrls, rest, sql }: RealCluster): ClusterDraft {
  return {
    name: 'lab',
    labels: [],
    patroniUrls,
    patroniUser: rest?.user ?? null,
    caPem: null,
    etcdUrls,
    etcdUser: null,
    etcdNamespace: '/service',
    haproxyUrl: null,
    haproxyUser: null,
    postgresUser: sql.user,
    postgresDatabase: 'postgres',
    poolerPort: null,
    secrets: { 'postgres-password': sql.password, ...(rest ? { 'patroni-password': rest.password } : {}) },
  }
}

export function leaderOf({ leader }: Snapshot): string {
  return leader?.name ?? ''
}

/** A member that does not lead. */
export function followerOf({ members, leader }: Snapshot): string {
  return members.find(({ name }) => name !== leader?.name)?.name ?? ''
}

export function timelineOf({ members, leader }: Snapshot): number {
  return members.find(({ name }) => name === leader?.name)?.timeline ?? 0
}
