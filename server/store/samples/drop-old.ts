import { inTransaction, type Store } from '../open.ts'
import { lockTables } from '../rights-lock.ts'
import { listPartitions, type Partition } from './partitions.ts'
import { sampleTables } from './resolutions.ts'
import { readRetention } from './retention.ts'
import { readRollUps } from './roll-up.ts'

/** Drops whole partitions that are older than is kept, once what is coarser was made of them; returns their names. */
export async function dropOld(store: Store, now: Date): Promise<string[]> {
  const [retention, done] = await Promise.all([readRetention(store.pool), readRollUps(store.pool)])
  const dropped: string[] = []
  for (const [index, table] of sampleTables.entries()) {
    const keptFrom = now.getTime() - retention[table.resolution] * 86_400_000
    const coarser = sampleTables[index + 1]
    const madeUntil = coarser === undefined ? keptFrom : (done.get(coarser.resolution)?.getTime() ?? 0)
    const old = (await listPartitions(store.pool, table)).filter(
      ({ to }) => to.getTime() <= Math.min(keptFrom, madeUntil),
    )
    for (const partition of old) {
      await drop(store, partition)
      dropped.push(partition.name)
    }
  }
  return dropped
}

// It needs its table for a moment alone: whoever waits for that keeps all others waiting, so it gives up soon and is tried again.
async function drop(store: Store, { name }: Partition): Promise<void> {
  await inTransaction(store, async (tx) => {
    await tx.query("set local lock_timeout = '2s'")
    await tx.query(lockTables)
    await tx.query(`drop table if exists ${name}`)
  })
}
