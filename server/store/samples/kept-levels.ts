import { sumOf, withBytesPerDay, type KeptLevel } from '#domain/samples/kept-level.ts'
import type { Queryable } from '../queryable.ts'
import { listPartitions, type Partition } from './partitions.ts'
import { sampleTables, type SampleTable } from './resolutions.ts'
import { readRetention } from './retention.ts'
import { firstSince } from './roll-up.ts'

/** What is kept of each resolution, the finest first, with its sizes as the file system has them. */
export async function readKeptLevels(on: Queryable, now: Date): Promise<KeptLevel[]> {
  const retention = await readRetention(on)
  const levels = await Promise.all(
    sampleTables.map(async (table) => ({ days: retention[table.resolution], ...(await readLevel(on, table)) })),
  )
  return withBytesPerDay(levels, now)
}

async function readLevel(on: Queryable, table: SampleTable): Promise<Omit<KeptLevel, 'bytesPerDay' | 'days'>> {
  const partitions = await listPartitions(on, table)
  const [oldest] = partitions
  const [bytes, since] = await Promise.all([
    bytesOf(on, partitions),
    oldest === undefined ? null : firstSince(on, table, oldest.from),
  ])
  const parts = partitions.map(({ name, from, to }) => ({ from, to, bytes: bytes.get(name) ?? 0 }))
  const { resolution, seconds, partition } = table
  return { resolution, seconds, partition, since, bytes: sumOf(parts), parts }
}

/** By name; one that was dropped meanwhile has none. */
async function bytesOf(on: Queryable, partitions: readonly Partition[]): Promise<Map<string, number>> {
  const { rows } = await on.query<{ name: string; bytes: number }>(
    `select name, coalesce(pg_total_relation_size(to_regclass(name)), 0)::float8 as bytes
       from unnest($1::text[]) as each (name)`,
    [partitions.map(({ name }) => name)],
  )
  return new Map(rows.map(({ name, bytes }) => [name, bytes]))
}
