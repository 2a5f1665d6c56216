import { assess } from '#domain/judgement/assess.ts'
import type { ClusterEvent } from '#domain/event.ts'
import { summarise } from '#domain/fleet/fleet-row.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { saveSweep } from '#server/store/snapshots.ts'

/** Registers a cluster called main that nobody looks at. */
export async function addCluster(owner: Store, clusterId: string): Promise<void> {
  await inTransaction(owner, async (tx) => {
    await tx.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{"patroniUrls":[]}')`, [clusterId])
    await notify(tx, { kind: 'clusters' })
  })
}

/** Keeps a healthy snapshot of it, as a worker's sweep would. */
export async function sweep(
  owner: Store,
  {
    clusterId,
    version,
    events = [],
    at = new Date(),
  }: { clusterId: string; version: number; events?: ClusterEvent[]; at?: Date },
): Promise<void> {
  const taken = takeSnapshot(null, { ...readingsOf(healthyWorld(at)), clusterId, clusterName: 'main' }, at)
  const snapshot = { ...taken, version }
  await saveSweep(owner, { snapshot, summary: summarise(snapshot, assess(snapshot, at)), events, executorId: null })
}

/** An event of that sentence, now. */
export function makeEvent(sentence: string): ClusterEvent {
  return {
    kind: 'leader-changed',
    at: new Date(),
    member: null,
    severity: 'warning',
    sentence,
    from: null,
    to: null,
    sources: [],
  }
}
