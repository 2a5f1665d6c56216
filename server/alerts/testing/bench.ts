import { randomUUID } from 'node:crypto'
import type { AlertChange, IncidentChange } from '#domain/alerts/changes-of.ts'
import type { World } from '#domain/testing/world.ts'
import { AppError } from '#server/errors.ts'
import { createLog } from '#server/log.ts'
import { takeLeases } from '#server/store/leases.ts'
import type { Store } from '#server/store/open.ts'
import { AlertEngine } from '../engine.ts'
import { TestCluster } from './watched.ts'

const log = createLog('test')
log.level = 'silent'
const base = new Date('2026-11-26T12:00:00.000Z')

/** So many seconds after noon. */
export const at = (seconds: number) => new Date(base.getTime() + seconds * 1000)

/** One worker's engine over one cluster, and what it had to tell. */
export class Bench {
  readonly cluster: TestCluster
  readonly changes: AlertChange[] = []
  readonly incidents: IncidentChange[] = []
  readonly store: Store
  readonly executorId: string
  isAway = false
  #engine: AlertEngine

  constructor(store: Store, clusterId: string, executorId = 'w1') {
    this.store = store
    this.executorId = executorId
    this.cluster = new TestCluster(clusterId)
    this.#engine = this.restart()
  }

  restart(): AlertEngine {
    this.#engine = new AlertEngine({
      store: this.store,
      executorId: this.executorId,
      watched: () => [this.cluster],
      onChanges: (_, { alerts, incidents }) => {
        if (this.isAway) return Promise.reject(new AppError('store-unreachable', 'It is away.'))
        this.changes.push(...alerts)
        this.incidents.push(...incidents)
        return Promise.resolve()
      },
      log,
      signal: new AbortController().signal,
    })
    return this.#engine
  }

  /** Looks every so many seconds at what the world is then. */
  async follow(from: number, to: number, change?: (world: World) => World, step = 5): Promise<void> {
    for (let seconds = from; seconds <= to; seconds += step) {
      this.cluster.look(at(seconds), change)
      await this.#engine.lookAtAll(at(seconds))
    }
  }

  told(): string[] {
    return this.changes.map(({ kind, alert }) => `${kind} ${alert.ruleId} ${alert.subject}`)
  }
}

/** A bench over a cluster of its own, whose lease it holds. */
export async function openBench(store: Store, executorId = 'w1'): Promise<Bench> {
  const clusterId = randomUUID()
  await store.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{}')`, [clusterId])
  await takeLeases(store, { executorId, clusterIds: [clusterId], ttlMs: 600_000 })
  return new Bench(store, clusterId, executorId)
}
