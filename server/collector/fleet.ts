import type { BoundSecrets } from '#domain/bound-secret.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { listClaims, releaseLeases, takeLeases } from '#server/store/leases.ts'
import type { Notice } from '#server/store/notify.ts'
import type { Store } from '#server/store/open.ts'
import { readStack } from '#server/store/stack-view.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { createAccess, type ClusterAccess } from './access.ts'
import { ClusterCollector } from './collector.ts'
import { leaseBeatMs, leaseMs, shareOut } from './lease.ts'
import { startLoop, type Loop } from './loop.ts'

export interface FleetOptions {
  store: Store
  executorId: string
  /** Configuration and secrets of a cluster; null when it is no longer registered. */
  loadCluster: (clusterId: string) => Promise<{ cluster: ClusterConfig; secrets: BoundSecrets } | null>
  log: Log
}

interface Running {
  collector: ClusterCollector
  /** What it was started with, for telling whether a change concerns it. */
  fingerprint: string
  revisedAtMs: number
}

/** The collectors of one worker: one for each cluster whose lease it holds. */
export class Fleet {
  readonly #options: FleetOptions
  readonly #running = new Map<string, Running>()
  readonly #ended = new AbortController()
  #freeBefore: ReadonlySet<string> = new Set()
  #loop: Loop | null = null
  #round: Promise<void> = Promise.resolve()
  #isStoreAway = false
  #onlyOwnUntilMs = 0

  constructor(options: FleetOptions) {
    this.#options = options
  }

  /** Begins to take clusters and to look at them. */
  start(): void {
    this.#loop = startLoop({
      name: 'leases',
      log: this.#options.log,
      signal: this.#ended.signal,
      beatMs: () => leaseBeatMs,
      look: () => {
        this.#round = this.#holdRound()
        return this.#round
      },
    })
  }

  /** Ends all looks, waits for the last writes, and gives the leases back. */
  async stop(): Promise<void> {
    this.#ended.abort()
    await this.#round
    const ids = [...this.#running.keys()]
    await Promise.all(ids.map((id) => this.#stopCollector(id)))
    const { store, executorId, log } = this.#options
    await releaseLeases(store, executorId, ids).catch((error: unknown) => {
      log.warn({ error }, 'The leases could not be given back; they end by themselves within 10 s.')
    })
  }

  /** A notice of the store: changed clusters are looked up at once. */
  hear(notice: Notice): void {
    if (notice.kind === 'clusters') this.#loop?.wake()
  }

  /** The collector of a cluster; null when another worker looks at it. */
  collectorOf(clusterId: string): ClusterCollector | null {
    return this.#running.get(clusterId)?.collector ?? null
  }

  /** The collectors of the clusters that this worker looks at. */
  collectors(): ClusterCollector[] {
    return [...this.#running.values()].map(({ collector }) => collector)
  }

  /** Clients of a cluster, whoever looks at it; throws AppError `not-found`. */
  async accessOf(clusterId: string): Promise<ClusterAccess> {
    const running = this.collectorOf(clusterId)
    if (running !== null) return running.access
    const loaded = await this.#options.loadCluster(clusterId)
    if (loaded === null) throw new AppError('not-found', 'This cluster is no longer registered.')
    return createAccess(loaded.cluster, loaded.secrets)
  }

  async #holdRound(): Promise<void> {
    try {
      await this.#share()
      this.#isStoreAway = false
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // Without the store leases cannot be renewed; looking goes on, and whoever holds the lease afterwards writes.
      if (!this.#isStoreAway) this.#options.log.warn({ reason: error.message }, 'The leases cannot be renewed now.')
      this.#isStoreAway = true
      this.#onlyOwnUntilMs = Date.now() + leaseMs
    }
  }

  async #share(): Promise<void> {
    const { store, executorId } = this.#options
    const claims = await listClaims(store, executorId)
    const onlyOwn = Date.now() < this.#onlyOwnUntilMs
    const { take, release } = shareOut(claims, { executorId, freeBefore: this.#freeBefore, onlyOwn })
    this.#freeBefore = new Set(claims.claims.filter(({ holder }) => holder === null).map(({ clusterId }) => clusterId))
    await Promise.all(release.map((id) => this.#stopCollector(id)))
    await releaseLeases(store, executorId, release)
    const held = new Set(await takeLeases(store, { executorId, clusterIds: take, ttlMs: leaseMs }))
    for (const id of this.#running.keys()) if (!held.has(id)) await this.#stopCollector(id)
    const revised = new Map(claims.claims.map(({ clusterId, revisedAt }) => [clusterId, revisedAt.getTime()]))
    for (const id of held) {
      await this.#ensure(id, revised.get(id) ?? 0).catch((error: unknown) => {
        this.#options.log.error({ error, cluster: id }, 'This cluster cannot be looked at now; it is tried again.')
      })
    }
  }

  async #ensure(clusterId: string, revisedAtMs: number): Promise<void> {
    const running = this.#running.get(clusterId)
    if (this.#ended.signal.aborted || running?.revisedAtMs === revisedAtMs) return
    const loaded = await this.#options.loadCluster(clusterId)
    if (loaded === null) return this.#stopCollector(clusterId)
    const fingerprint = JSON.stringify(loaded)
    if (running?.fingerprint === fingerprint) {
      running.revisedAtMs = revisedAtMs
      return
    }
    await this.#stopCollector(clusterId)
    const { store, executorId, log } = this.#options
    const collector = new ClusterCollector({
      access: createAccess(loaded.cluster, loaded.secrets),
      store,
      executorId,
      previous: await latestSnapshot(store, clusterId),
      previousStack: await readStack(store, clusterId),
      onLost: () => this.#running.delete(clusterId),
      log: log.child({ cluster: loaded.cluster.name }),
    })
    if (this.#ended.signal.aborted) return
    this.#running.set(clusterId, { collector, fingerprint, revisedAtMs })
    collector.start()
  }

  async #stopCollector(clusterId: string): Promise<void> {
    const running = this.#running.get(clusterId)
    this.#running.delete(clusterId)
    await running?.collector.stop()
  }
}
