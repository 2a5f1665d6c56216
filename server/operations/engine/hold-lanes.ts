import type { Queryable } from '#server/store/queryable.ts'

/**
 * Keeps requests for operations of different lanes that exclude each other from passing each other by: until the transaction ends, no other looks
 * at what is under way on this cluster.
 */
export async function holdLanes(tx: Queryable, clusterId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('operations of ' || $1, 0))`, [clusterId])
}
