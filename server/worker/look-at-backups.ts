import { isEnded, laneOf } from '#domain/operation/operation.ts'
import { callKeyOf } from '#server/adapters/agent/call.ts'
import { readArchiver } from '#server/adapters/postgres/client.ts'
import type { ClusterAccess } from '#server/collector/access.ts'
import { startLoop, type Loop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { agentsToWatch, type StoredAgent } from '#server/store/agents.ts'
import { nodeBackingUp, readBackups, saveBackups } from '#server/store/backup-view.ts'
import type { Notice } from '#server/store/notify.ts'
import { findOperation } from '#server/store/operations.ts'
import type { Store } from '#server/store/open.ts'
import type { SigningKey } from '#server/store/signing-key.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { BackupMemory } from './backups/backup-memory.ts'
import { lookAtCluster } from './backups/look-at-cluster.ts'
import { restMs } from './backups/when-to-look.ts'
import { whoToAsk } from './backups/who-to-ask.ts'

export interface BackupWatch {
  store: Store
  signingKey: SigningKey
  executorId: string
  accessOf: (clusterId: string) => Promise<ClusterAccess>
  log: Log
  signal: AbortSignal
}

const beatMs = 5_000
const retryMs = 60_000

interface Remembered {
  memory: BackupMemory
  beganAtMs: number
  dueAtMs: number
  isBusy: boolean
  /** Asked for while a look was under way. */
  isWantedAgain: boolean
}

/** Looks at the backups of this worker's clusters, each at its own pace and beside the others. */
export class BackupLooks {
  readonly #watch: BackupWatch
  readonly #clusters = new Map<string, Remembered>()
  #loop: Loop | null = null

  constructor(watch: BackupWatch) {
    this.#watch = watch
  }

  /** Begins to look, until the signal. */
  start(): void {
    const { log, signal } = this.#watch
    const look = () =>
      this.begin().then(
        () => {},
        (error: unknown) => {
          if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
        },
      )
    this.#loop = startLoop({ name: 'backups', log, signal, beatMs: () => beatMs, look })
  }

  /** An agent that is new, or a backup that ended, is looked at at once. */
  hear(notice: Notice): void {
    if (notice.kind === 'agents') this.#hurry(notice.clusterId)
    if (notice.kind === 'operation') void this.#hearOperation(notice.id).catch(() => {})
  }

  /** Begins a look at each cluster that is due; resolves with what ends when they do. */
  async begin(): Promise<Promise<void>[]> {
    const { store, executorId } = this.#watch
    const byCluster = new Map<string, StoredAgent[]>()
    for (const agent of await agentsToWatch(store, executorId)) {
      byCluster.set(agent.clusterId, [...(byCluster.get(agent.clusterId) ?? []), agent])
    }
    for (const id of this.#clusters.keys()) if (!byCluster.has(id)) this.#clusters.delete(id)
    return [...byCluster].flatMap(([clusterId, agents]) => {
      const cluster = this.#remembered(clusterId)
      return cluster.isBusy || cluster.dueAtMs > Date.now() ? [] : [this.#look(clusterId, agents, cluster)]
    })
  }

  async #look(clusterId: string, agents: readonly StoredAgent[], cluster: Remembered): Promise<void> {
    const { log } = this.#watch
    const beganAtMs = Date.now()
    Object.assign(cluster, { beganAtMs, isBusy: true, isWantedAgain: false })
    let rest = retryMs
    try {
      rest = await this.#lookNow(clusterId, agents, cluster.memory)
    } catch (error) {
      const isAway = error instanceof AppError && error.code === 'store-unreachable'
      if (!isAway) log.error({ error, cluster: clusterId }, 'The backups of this cluster could not be looked at.')
    }
    const isDue = cluster.isWantedAgain || rest === 0
    Object.assign(cluster, { isBusy: false, dueAtMs: isDue ? 0 : beganAtMs + rest })
    if (isDue) this.#loop?.wake()
  }

  async #lookNow(clusterId: string, agents: readonly StoredAgent[], memory: BackupMemory): Promise<number> {
    const { store, signingKey, executorId, accessOf, signal } = this.#watch
    const [{ view: last }, snapshot, backingUp, access] = await Promise.all([
      readBackups(store, clusterId),
      latestSnapshot(store, clusterId),
      nodeBackingUp(store, clusterId),
      accessOf(clusterId),
    ])
    const leader = snapshot?.members.find(({ name }) => name === snapshot.leader?.name) ?? null
    const place = leader && { host: leader.host ?? '', port: leader.port ?? 5432, who: leader.name }
    const postgres = place && access.postgresAt(place)
    const now = new Date()
    const isFirst = last === null
    const look = await lookAtCluster({
      agents: whoToAsk(agents, { backingUp, leader: leader?.name ?? null }),
      key: callKeyOf(signingKey),
      last,
      isFirst,
      memory,
      timeline: leader?.timeline ?? null,
      systemIdentifier: snapshot?.systemIdentifier ?? null,
      readArchiver: postgres && (() => readArchiver(postgres, signal)),
      signal,
      now,
    })
    // A look that was broken off says nothing of the cluster.
    if (signal.aborted) return retryMs
    await saveBackups(store, { clusterId, executorId, look, at: now })
    if ('problem' in look) return retryMs
    return isFirst || look.hasEnded ? 0 : restMs(look.view.stanza)
  }

  async #hearOperation(id: string): Promise<void> {
    const operation = await findOperation(this.#watch.store, id)
    // Chores on a repository change what it holds as well.
    if (!operation || laneOf(operation.kind) !== 'backup') return
    if (isEnded(operation.state)) return this.#hurry(operation.clusterId)
    // It tells of itself often: looks go on at the pace of a backup that runs.
    const cluster = this.#remembered(operation.clusterId)
    cluster.dueAtMs = Math.min(cluster.dueAtMs, cluster.beganAtMs + beatMs)
  }

  #hurry(clusterId: string): void {
    const cluster = this.#remembered(clusterId)
    cluster.dueAtMs = 0
    cluster.isWantedAgain = true
    this.#loop?.wake()
  }

  #remembered(clusterId: string): Remembered {
    const known = this.#clusters.get(clusterId)
    if (known) return known
    const cluster = { memory: new BackupMemory(), beganAtMs: 0, dueAtMs: 0, isBusy: false, isWantedAgain: false }
    this.#clusters.set(clusterId, cluster)
    return cluster
  }
}
