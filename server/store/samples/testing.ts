import { type ClusterMetric, type MemberMetric, metrics, type Sample } from '#domain/samples/metrics.ts'
import { takeLeases } from '../leases.ts'
import type { Store } from '../open.ts'

export const executorId = 'worker-1'

/** Registers a cluster whose lease `executorId` holds, and returns its id. */
export async function addSampledCluster(store: Store, name = 'orders'): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ($1, '{}') returning id`,
    [name],
  )
  const clusterId = rows[0]?.id ?? ''
  await takeLeases(store, { executorId, clusterIds: [clusterId], ttlMs: 3_600_000 })
  return clusterId
}

/** A sample of a member with these values alone. */
export function memberSampleOf(at: Date, values: Partial<Record<MemberMetric, number>>, name = 'pg-1'): Sample {
  return { subject: { kind: 'member', name }, at, values: metrics.member.map((metric) => values[metric.name] ?? null) }
}

/** A sample of the cluster with these values alone. */
export function clusterSampleOf(at: Date, values: Partial<Record<ClusterMetric, number>>): Sample {
  return { subject: { kind: 'cluster' }, at, values: metrics.cluster.map((metric) => values[metric.name] ?? null) }
}
