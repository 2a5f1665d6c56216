import { DBOS } from '@dbos-inc/dbos-sdk'
import { randomUUID } from 'node:crypto'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { saveSweep } from '#server/store/snapshots.ts'
import type { Store } from '#server/store/open.ts'
import { identifySelf } from '../engine/worker-identity.ts'
import { registerCluster } from './own-store.ts'

/** Makes the tables of the engine, as a worker's first start does. */
export async function prepareEngine(store: Store): Promise<void> {
  await DBOS.migrate(store.url)
}

/** Registers a cluster of its own name; the console sees it as the world is. */
export async function seedCluster(
  store: Store,
  name: string,
  world: World = healthyWorld(new Date()),
): Promise<ClusterConfig> {
  const cluster = await registerCluster(
    store,
    {
      name,
      labels: [],
      patroniUrls: world.members.map(({ host }) => `http://${host}:8008`),
      patroniUser: null,
      caPem: null,
      etcdUrls: [],
      etcdUser: null,
      etcdNamespace: '/service',
      haproxyUrl: null,
      haproxyUser: null,
      postgresUser: null,
      postgresDatabase: 'postgres',
      poolerPort: null,
      secrets: {},
    },
    { scope: name, systemIdentifier: randomUUID() },
  )
  await showWorld(store, cluster, world)
  return cluster
}

/** What the console's collector would have kept of the world. */
export async function showWorld(store: Store, cluster: ClusterConfig, world: World): Promise<Snapshot> {
  const readings = { ...readingsOf(world), clusterId: cluster.id, clusterName: cluster.name }
  const snapshot = takeSnapshot(null, readings, world.at)
  const summary = {
    level: 'healthy',
    sentence: 'All is well.',
    leader: world.leader,
    members: [],
    worstLagBytes: 0,
  } as const
  await saveSweep(store, { snapshot, summary: { ...summary, members: [] }, events: [], executorId: null })
  return snapshot
}

/** This process as a worker of that name. */
export function workerNamed(executorId: string) {
  return identifySelf(executorId)
}
