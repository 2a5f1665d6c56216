import { assess } from '#domain/judgement/assess.ts'
import { summarise } from '#domain/fleet/fleet-row.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { insertCluster } from '#server/store/clusters.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { saveSweep } from '#server/store/snapshots.ts'
import { labDraft } from '../../e2e/lab-cluster.ts'

// Rows that nobody refreshes would turn grey within seconds.
const aheadMs = 1_800_000

/** Fills a store with clusters as a collector would have left them, every tenth of them in trouble. */
export async function fillFleet(store: Store, count: number): Promise<string[]> {
  const at = new Date(Date.now() + aheadMs)
  const names: string[] = []
  for (let n = 1; n <= count; n++) {
    const name = `cluster-${String(n).padStart(4, '0')}`
    const identity = { scope: name, systemIdentifier: `77112585023688${n}`, isStandby: false }
    const draft = labDraft({ name, labels: [n % 2 === 0 ? 'production' : 'staging'], secrets: {} })
    const { id } = await inTransaction(store, (tx) => insertCluster(tx, draft, identity))
    const world = { ...healthyWorld(at), ...(n % 10 === 0 ? { leader: null } : {}) }
    const snapshot = takeSnapshot(null, { ...readingsOf(world), clusterId: id, clusterName: name }, at)
    const summary = summarise(snapshot, assess(snapshot, at))
    await saveSweep(store, { snapshot, summary, events: [], executorId: null })
    names.push(name)
  }
  return names
}
