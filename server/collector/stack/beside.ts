import type { BackupView } from '#domain/backup-view.ts'
import type { NodeSight } from '#domain/node-sight.ts'
import { listAgents } from '#server/store/agents.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { nodeSights } from '#server/store/node-sights.ts'
import type { Store } from '#server/store/open.ts'

/** What others saw of a cluster and keep in the store. */
export interface Beside {
  backups: BackupView | null
  /** By the name of the node. */
  nodes: ReadonlyMap<string, NodeSight>
}

const keptMs = 60_000

/** Reads what others saw at most once a minute: it is large and changes seldom. */
export class BesideReader {
  readonly #store: Store
  readonly #clusterId: string
  #kept: Beside | null = null
  #readAtMs = Number.NEGATIVE_INFINITY

  constructor(store: Store, clusterId: string) {
    this.#store = store
    this.#clusterId = clusterId
  }

  /** Throws AppError while the store is away. */
  async read(): Promise<Beside> {
    if (this.#kept !== null && performance.now() - this.#readAtMs < keptMs) return this.#kept
    const [backups, agents, sights] = await Promise.all([
      readBackups(this.#store, this.#clusterId),
      listAgents(this.#store, this.#clusterId),
      nodeSights(this.#store, this.#clusterId),
    ])
    const nodes = agents.flatMap(({ id, node }) => {
      const sight = sights.get(id)
      return sight === undefined ? [] : [[node, sight] as const]
    })
    this.#readAtMs = performance.now()
    this.#kept = { backups: backups.view, nodes: new Map(nodes) }
    return this.#kept
  }
}
