import { inTransaction, type Store } from '../open.ts'
import type { Queryable } from '../queryable.ts'
import { lockTables } from '../rights-lock.ts'
import { type SampleTable, sampleTables } from './resolutions.ts'

/** A part of a table's time: from, and up to. */
export interface Partition {
  name: string
  from: Date
  to: Date
}

const dayMs = 86_400_000
/** Far enough for a store whose workers stand still over a holiday. */
const aheadMs = 7 * dayMs

/** Makes the partitions of all tables for now and the days ahead; what is there stays. */
export async function makePartitionsAhead(store: Store, now: Date): Promise<void> {
  for (const table of sampleTables) await makePartitions(store, table, [now, new Date(now.getTime() + aheadMs)])
}

/** Makes the partitions of a table between the earliest and the latest of these moments. */
export async function makePartitions(store: Store, table: SampleTable, moments: readonly Date[]): Promise<void> {
  const wanted = partitionsOver(table, moments)
  const { rows } = await store.pool.query<{ name: string }>(
    'select name from unnest($1::text[]) as wanted (name) where to_regclass(name) is null',
    [wanted.map(({ name }) => name)],
  )
  const missing = new Set(rows.map(({ name }) => name))
  for (const partition of wanted) if (missing.has(partition.name)) await makePartition(store, table, partition)
}

/** The partitions of a table that are there, oldest first. */
export async function listPartitions(on: Queryable, table: SampleTable): Promise<Partition[]> {
  const { rows } = await on.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = to_regclass($1) order by 1`,
    [table.table],
  )
  return rows.flatMap(({ name }) => {
    const from = startIn(name)
    return from === null ? [] : [partitionAt(table, from)]
  })
}

/** The partition that holds a moment. */
export function partitionAt({ table, partition }: SampleTable, at: Date): Partition {
  const [from, to] = spans[partition](at)
  return { name: `${table}_${from.toISOString().slice(0, 10).replaceAll('-', '')}`, from, to }
}

function partitionsOver(table: SampleTable, moments: readonly Date[]): Partition[] {
  const [first, last] = [Math.min(...moments.map(Number)), Math.max(...moments.map(Number))]
  const partitions = [partitionAt(table, new Date(first))]
  for (;;) {
    const next = partitions.at(-1)?.to
    if (next === undefined || next.getTime() > last) return partitions
    partitions.push(partitionAt(table, next))
  }
}

/**
 * Attached once it is made: reading and writing go on meanwhile, which `create table … partition of` would stop. The lock because two
 * workers may make the same one.
 */
async function makePartition(store: Store, { table }: SampleTable, { name, from, to }: Partition): Promise<void> {
  await inTransaction(store, async (tx) => {
    await tx.query(lockTables)
    await tx.query("select pg_advisory_xact_lock(hashtext('matriarch sample partitions'))")
    // to_regclass would answer from before the wait for the lock.
    const there = await tx.query('select from pg_class where relname = $1', [name])
    if (there.rowCount !== 0) return
    await tx.query(`create table ${name} (like ${table} including all)`)
    await tx.query(
      `alter table ${table} attach partition ${name} for values from ('${from.toISOString()}') to ('${to.toISOString()}')`,
    )
  })
}

function startIn(name: string): Date | null {
  const [, year, month, day] = /_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? []
  return day === undefined ? null : new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
}

/** All in UTC; weeks begin on Monday. */
const spans: Record<SampleTable['partition'], (at: Date) => [from: Date, to: Date]> = {
  day: (at) => daysFrom(startOfDay(at), 1),
  week: (at) => daysFrom(startOfDay(at) - ((at.getUTCDay() + 6) % 7) * dayMs, 7),
  month: (at) => [
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth())),
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)),
  ],
  year: (at) => [new Date(Date.UTC(at.getUTCFullYear(), 0)), new Date(Date.UTC(at.getUTCFullYear() + 1, 0))],
}

function startOfDay(at: Date): number {
  return Math.floor(at.getTime() / dayMs) * dayMs
}

function daysFrom(startMs: number, days: number): [Date, Date] {
  return [new Date(startMs), new Date(startMs + days * dayMs)]
}
