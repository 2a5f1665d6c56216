import type { Store } from '#server/store/open.ts'
import { packClosed } from '#server/store/samples/pack-closed.ts'
import { rawTable, rollUpTables, type SampleTable } from '#server/store/samples/resolutions.ts'
import { rollUp } from '#server/store/samples/roll-up.ts'
import { saveSamples } from '#server/store/samples/save-samples.ts'
import { addSampledCluster, executorId } from '#server/store/samples/testing.ts'
import { withBenchStore } from './bench-store.ts'
import { makeBelieveSweep } from './make-believe-samples.ts'
import { report } from './report.ts'
import { round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'

const clusters = 20
const dayMs = 86_400_000
const sweepMs = 10_000
/** Sweeps written in one statement; those of one cluster stand together no longer than that. */
const sweepsAtOnce = 30
const limitBytes = 7

/** What one value costs in the store, its share of row, index and all: a day of sixty members, while it is open and once it is closed and packed as all but the last of those kept are; and what the roll-ups of that day add. */
export async function storage(stopping: AbortSignal): Promise<void> {
  await withBenchStore((store) => unlessStopped(measure(store, stopping), stopping))
}

async function measure(store: Store, stopping: AbortSignal): Promise<void> {
  const day = new Date(Math.floor(Date.now() / dayMs) * dayMs - dayMs)
  const startedAt = performance.now()
  const saved = await saveDay(store, day, stopping)
  const saveMs = performance.now() - startedAt
  await store.pool.query('vacuum analyze sample')
  const values = await valuesIn(store)
  const openBytesPerValue = round((await bytesOf(store, rawTable)) / values, 2)
  await packClosed(store, new Date(day.getTime() + 2 * dayMs))
  const bytesPerValue = round((await bytesOf(store, rawTable)) / values, 2)
  const rows = { members: clusters * 3, rows: saved, values, valuesPerSecond: Math.round((values / saveMs) * 1000) }
  report({
    bench: 'storage',
    of: 'samples',
    ...rows,
    openBytesPerValue,
    bytesPerValue,
    limitBytes,
    isWithin: bytesPerValue <= limitBytes,
  })
  await store.pool.query('truncate sample_late')
  const rollingFrom = performance.now()
  await rollUp(store, new Date(day.getTime() + dayMs + 120_000), stopping)
  const rollUpSeconds = round((performance.now() - rollingFrom) / 1000)
  for (const table of rollUpTables) {
    const added = round((await bytesOf(store, table)) / values, 3)
    report({ bench: 'storage', of: table.resolution, bytesPerSampledValue: added, rollUpSeconds })
  }
}

async function saveDay(store: Store, day: Date, stopping: AbortSignal): Promise<number> {
  const ids: string[] = []
  for (let n = 0; n < clusters; n++) ids.push(await addSampledCluster(store, `cluster-${n}`))
  let saved = 0
  for (let ms = 0; ms < dayMs && !stopping.aborted; ms += sweepsAtOnce * sweepMs) {
    for (const [n, clusterId] of ids.entries()) {
      const samples = Array.from({ length: sweepsAtOnce }, (_, sweep) =>
        makeBelieveSweep(n, new Date(day.getTime() + ms + sweep * sweepMs)),
      ).flat()
      await saveSamples(store, { clusterId, executorId, samples })
      saved += samples.length
    }
  }
  return saved
}

async function valuesIn(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ values: number }>(
    'select sum(cardinality(array_remove(v, null))) as values from sample',
  )
  return rows[0]?.values ?? 0
}

/** Of all its partitions with their indexes, as much as there is on disk. */
async function bytesOf(store: Store, { table }: SampleTable): Promise<number> {
  const { rows } = await store.pool.query<{ bytes: number }>(
    'select sum(pg_total_relation_size(relid))::int8 as bytes from pg_partition_tree($1::regclass) where isleaf',
    [table],
  )
  return rows[0]?.bytes ?? 0
}
