import type pg from 'pg'
import { inTransaction, type Store } from '../open.ts'
import type { Queryable } from '../queryable.ts'
import { listPartitions, makePartitions } from './partitions.ts'
import { rawTable, rollUpTables, type SampleTable } from './resolutions.ts'
import { rollUpSql } from './roll-up-sql.ts'

/** So long after its end a minute is rolled up: whatever belongs in it is kept by then, or marked as late. */
const settleMs = 60_000
/** How much is made in one transaction, in rows of the roll-up. */
const rowsAtOnce = 30

/**
 * Makes what the roll-ups lack up to `now`: what came since the last time, however long ago, and the hours that samples came late for.
 * Ends early with the signal, and where another worker is at it; what is done by then stays done.
 */
export async function rollUp(store: Store, now: Date, signal?: AbortSignal): Promise<void> {
  for (const [index, table] of rollUpTables.entries()) {
    const from = rollUpTables[index - 1] ?? rawTable
    while (signal?.aborted !== true && (await rollUpNext(store, { table, from, now }))) continue
  }
  while (signal?.aborted !== true && (await mendLate(store))) continue
}

/** Up to where each roll-up is made, by resolution; one that was never made is absent. */
export async function readRollUps(on: Queryable): Promise<Map<string, Date>> {
  const { rows } = await on.query<{ resolution: string; done_until: Date }>(
    'select resolution, done_until from sample_roll_up',
  )
  return new Map(rows.map((row) => [row.resolution, row.done_until]))
}

interface Task {
  table: SampleTable
  from: SampleTable
  now: Date
}

/** True where there is more to do. */
async function rollUpNext(store: Store, { table, from, now }: Task): Promise<boolean> {
  const stretch = await nextStretch(store, { table, from, now })
  if (stretch === null) return false
  if (stretch.from < stretch.to) await makePartitionsOver(store, table, stretch)
  return asOnlyOne(store, async (tx) => {
    // Another worker may have been here since.
    const done = (await readRollUps(tx)).get(table.resolution)
    if (done && done > stretch.from) return true
    if (stretch.from < stretch.to) await tx.query(rollUpSql(table, from), [stretch.from, stretch.to])
    await tx.query(keepDone, [table.resolution, stretch.to])
    return true
  })
}

interface Stretch {
  from: Date
  to: Date
}

/** What is to be made next, empty where there is nothing to make it of; null where all is made that can be. */
async function nextStretch(store: Store, { table, from, now }: Task): Promise<Stretch | null> {
  const done = await readRollUps(store.pool)
  const [oldest] = await listPartitions(store.pool, from)
  if (oldest === undefined) return null
  const sourceEnd = from === rawTable ? new Date(now.getTime() - settleMs) : done.get(from.resolution)
  if (sourceEnd === undefined) return null
  const stepMs = table.seconds * 1000
  const endMs = floorTo(sourceEnd.getTime(), stepMs)
  // What is no longer kept needs no roll-up.
  const startMs = Math.max(done.get(table.resolution)?.getTime() ?? 0, oldest.from.getTime())
  if (endMs <= startMs) return null
  const first = await firstSince(store.pool, from, new Date(startMs))
  const firstMs = first === null ? endMs : Math.min(endMs, floorTo(first.getTime(), stepMs))
  return { from: new Date(firstMs), to: new Date(Math.min(endMs, firstMs + rowsAtOnce * stepMs)) }
}

function makePartitionsOver(store: Store, table: SampleTable, { from, to }: Stretch): Promise<void> {
  return makePartitions(store, table, [from, new Date(to.getTime() - 1)])
}

/** When the first row of any series stands from then on: time in which nobody looked is passed over at once. */
export async function firstSince(on: Queryable, { table }: SampleTable, since: Date): Promise<Date | null> {
  const { rows } = await on.query<{ at: Date | null }>(
    `select min(first.at) as at from sample_series s
      cross join lateral (select at from ${table} where series_id = s.id and at >= $1 order by at limit 1) first`,
    [since],
  )
  return rows[0]?.at ?? null
}

/** Makes one hour that samples came late for anew, with all that is made of it; false where there is none. */
async function mendLate(store: Store): Promise<boolean> {
  return asOnlyOne(store, async (tx) => {
    const { rows } = await tx.query<{ hour: Date }>(
      'delete from sample_late where hour = (select min(hour) from sample_late) returning hour',
    )
    const hour = rows[0]?.hour
    if (hour === undefined) return false
    const done = await readRollUps(tx)
    for (const [index, table] of rollUpTables.entries()) {
      const from = rollUpTables[index - 1] ?? rawTable
      const stretch = await stretchAround(tx, { table, from, hour, until: done.get(table.resolution) })
      if (stretch === null) break
      await makePartitionsOver(store, table, stretch)
      for (const part of partsOf(stretch, table)) await tx.query(rollUpSql(table, from), [part.from, part.to])
    }
    return true
  })
}

/** The rows of a table that an hour is part of, as far as they are made; null where none is, or what they are made of is partly gone. */
async function stretchAround(
  tx: Queryable,
  { table, from, hour, until }: { table: SampleTable; from: SampleTable; hour: Date; until: Date | undefined },
): Promise<Stretch | null> {
  const stepMs = table.seconds * 1000
  const startMs = floorTo(hour.getTime(), stepMs)
  const endMs = Math.min(startMs + Math.max(stepMs, hourMs), until?.getTime() ?? 0)
  const [oldest] = await listPartitions(tx, from)
  const isGone = oldest === undefined || startMs < oldest.from.getTime()
  return endMs <= startMs || isGone ? null : { from: new Date(startMs), to: new Date(endMs) }
}

const hourMs = 3_600_000

/** No statement may take long. */
function partsOf({ from, to }: Stretch, { seconds }: SampleTable): Stretch[] {
  const partMs = rowsAtOnce * seconds * 1000
  const count = Math.ceil((to.getTime() - from.getTime()) / partMs)
  return Array.from({ length: count }, (_, index) => {
    const startMs = from.getTime() + index * partMs
    return { from: new Date(startMs), to: new Date(Math.min(to.getTime(), startMs + partMs)) }
  })
}

/** False where another worker is at it. */
async function asOnlyOne(store: Store, work: (tx: pg.PoolClient) => Promise<boolean>): Promise<boolean> {
  return inTransaction(store, async (tx) => {
    const { rows } = await tx.query<{ is_mine: boolean }>(
      "select pg_try_advisory_xact_lock(hashtext('matriarch sample roll-up')) as is_mine",
    )
    return rows[0]?.is_mine === true && (await work(tx))
  })
}

function floorTo(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs
}

const keepDone = `
  insert into sample_roll_up (resolution, done_until) values ($1, $2)
      on conflict (resolution) do update set done_until = excluded.done_until`
