import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import type { Seen } from '../cluster-alerts.ts'
import type { WatchedCluster } from '../engine.ts'

/** A cluster called main as its collector would see it: worlds are looked at one after the other. */
export class TestCluster implements WatchedCluster {
  readonly clusterName = 'main'
  readonly clusterId: string
  stack: Seen['stack'] = null
  samples: Seen['samples'] = []
  #snapshot: Snapshot | null = null

  constructor(clusterId: string) {
    this.clusterId = clusterId
  }

  /** Looks at a healthy world of that moment, changed. */
  look(at: Date, change: (world: World) => World = (world) => world): void {
    const readings = readingsOf(change(healthyWorld(at)))
    const named = { ...readings, clusterId: this.clusterId, clusterName: this.clusterName }
    this.#snapshot = takeSnapshot(this.#snapshot, named, at)
  }

  seen(): Seen | null {
    return this.#snapshot && { snapshot: this.#snapshot, stack: this.stack, samples: this.samples }
  }
}
