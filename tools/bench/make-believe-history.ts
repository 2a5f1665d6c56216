import type { Store } from '#server/store/open.ts'
import { makePartitions } from '#server/store/samples/partitions.ts'
import { places, rawTable, rollUpTables, type SampleTable } from '#server/store/samples/resolutions.ts'
import { addSampledCluster } from '#server/store/samples/testing.ts'

const dayMs = 86_400_000
/** As much of each as questions up to a year can reach. */
const keptMs = { raw: dayMs / 2, minute: 2 * dayMs, tenMinutes: 16 * dayMs, hour: 366 * dayMs, day: 366 * dayMs }

/** Fills a store with a year of some clusters as a worker would have left it up to `now`, and returns their names. */
export async function fillHistory(store: Store, clusters: number, now: Date): Promise<string[]> {
  const names = Array.from({ length: clusters }, (_, n) => `cluster-${n + 1}`)
  for (const name of names) {
    const clusterId = await addSampledCluster(store, name)
    await store.pool.query(
      `insert into sample_series (cluster_id, kind, name)
       values ($1, 'cluster', ''), ($1, 'member', 'pg-node-1'), ($1, 'member', 'pg-node-2'), ($1, 'member', 'pg-node-3')`,
      [clusterId],
    )
  }
  for (const table of [rawTable, ...rollUpTables]) await fill(store, table, now)
  await store.pool.query('vacuum analyze')
  return names
}

async function fill(store: Store, table: SampleTable, now: Date): Promise<void> {
  const stepMs = table.seconds * 1000
  const to = new Date(Math.floor(now.getTime() / stepMs) * stepMs)
  const from = new Date(to.getTime() - keptMs[table.resolution])
  await makePartitions(store, table, [from, to])
  const columns = table === rawTable ? 'v' : 'n, mean, low, high'
  const values = table === rawTable ? made(1) : `6, ${made(1)}, ${made(0.5)}, ${made(2)}`
  await store.pool.query(
    `insert into ${table.table} (at, series_id, ${columns})
     select at, id, ${values}
       from generate_series($1::timestamptz, $2::timestamptz - interval '1 second', interval '${table.seconds} seconds') as at
      cross join sample_series order by at`,
    [from, to],
  )
  if (table === rawTable) return
  await store.pool.query(
    `insert into sample_roll_up (resolution, done_until) values ($1, $2)
         on conflict (resolution) do update set done_until = excluded.done_until`,
    [table.resolution, to],
  )
}

/** A sample in which a tenth of the values is not known. */
function made(times: number): string {
  return `array[${places.map((i) => (i % 10 === 9 ? 'null' : `${i * times} * (1 + random())`)).join(', ')}]::real[]`
}
