import { setTimeout as sleep } from 'node:timers/promises'
import { alertRules } from '#domain/alerts/catalogue/catalogue.ts'
import { loadRule } from '#domain/alerts/load-rule.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { ClusterAlerts, type Seen } from './cluster-alerts.ts'
import type { ChangesListener } from './keep-moves.ts'

/** A cluster that this worker looks at, and what it sees of it. */
export interface WatchedCluster {
  clusterId: string
  clusterName: string
  /** Null until the first look. */
  seen(): Seen | null
}

export interface AlertEngineOptions {
  store: Store
  executorId: string
  /** Those whose lease this worker holds now. */
  watched: () => readonly WatchedCluster[]
  /** Null = nobody is told. */
  onChanges: ChangesListener | null
  log: Log
  signal: AbortSignal
}

interface Running {
  alerts: ClusterAlerts
  /** Of the snapshot at the last look. */
  version: number
  lookedAtMs: number
}

/** Asks the rules of each cluster that this worker looks at: with whatever is new, and at least every five seconds. */
export class AlertEngine {
  readonly #options: AlertEngineOptions
  readonly #rules = alertRules.map(loadRule)
  readonly #running = new Map<string, Running>()
  readonly #busy = new Set<string>()
  #isStoreAway = false

  constructor(options: AlertEngineOptions) {
    this.#options = options
  }

  /** Goes on until the signal. */
  start(): void {
    void this.#run()
  }

  /** A notice of the store: what surrounds a cluster has changed. */
  hear(notice: { kind: string; clusterId?: string }): void {
    if (!surrounding.has(notice.kind) || notice.clusterId === undefined) return
    this.#running.get(notice.clusterId)?.alerts.refresh()
  }

  /** Looks once at every cluster that has something new, each for itself. */
  async lookAtAll(now: Date): Promise<void> {
    const watched = this.#options.watched()
    const ids = new Set(watched.map(({ clusterId }) => clusterId))
    for (const id of this.#running.keys()) if (!ids.has(id)) this.#running.delete(id)
    await Promise.all(watched.map((cluster) => this.#lookAt(cluster, now)))
  }

  async #run(): Promise<void> {
    const { signal } = this.#options
    while (!signal.aborted) {
      void this.lookAtAll(new Date())
      await sleep(beatMs, undefined, { signal }).catch(() => {})
    }
  }

  // One cluster whose look takes long holds up no other.
  async #lookAt(cluster: WatchedCluster, now: Date): Promise<void> {
    const { clusterId } = cluster
    const seen = cluster.seen()
    if (seen === null || this.#busy.has(clusterId)) return
    // Snapshots follow each other within two seconds even at rest, so what the layers say waits no longer than that.
    const { version } = seen.snapshot
    const running = this.#running.get(clusterId)
    if (running?.version === version && now.getTime() - running.lookedAtMs < longestRestMs) return
    this.#busy.add(clusterId)
    try {
      const { alerts } = running ?? { alerts: await this.#takeUp(cluster, now) }
      this.#running.set(clusterId, { alerts, version, lookedAtMs: now.getTime() })
      if (!(await alerts.look(seen, now))) this.#running.delete(clusterId)
      this.#isStoreAway = false
    } catch (error) {
      this.#tellFailure(error, cluster)
    } finally {
      this.#busy.delete(clusterId)
    }
  }

  #takeUp({ clusterId, clusterName }: WatchedCluster, now: Date): Promise<ClusterAlerts> {
    const { store, executorId, onChanges } = this.#options
    const cluster = { clusterId, clusterName }
    return ClusterAlerts.takeUp({ store, executorId, cluster, rules: this.#rules, onChanges }, now)
  }

  #tellFailure(error: unknown, { clusterName }: WatchedCluster): void {
    const { log } = this.#options
    if (!(error instanceof AppError)) {
      log.error({ error, cluster: clusterName }, 'The alerts of this cluster could not be kept; they are tried again.')
      return
    }
    if (!this.#isStoreAway) log.warn({ reason: error.message }, 'Alerts cannot be kept now; they go on meanwhile.')
    this.#isStoreAway = true
  }
}

const beatMs = 1_000
const longestRestMs = 5_000
const surrounding: ReadonlySet<string> = new Set(['alerts', 'backups', 'agents'])
