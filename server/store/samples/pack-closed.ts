import pg from 'pg'
import { connectTimeoutMs } from '../connect-timeout.ts'
import type { Store } from '../open.ts'
import type { Queryable } from '../queryable.ts'
import { listPartitions, type Partition } from './partitions.ts'
import { rawTable } from './resolutions.ts'

/** Samples that come later than this after the end of their day find it packed, which does no harm. */
const settleMs = 7_200_000
const packed = 'packed'

/**
 * Packs the index of each day of samples once it is over, and returns their partitions' names: samples of many series come side by side, and
 * so leave its pages half empty. Reading goes on meanwhile; of several workers one does it.
 */
export async function packClosed(store: Store, now: Date): Promise<string[]> {
  const closed = (await listPartitions(store.pool, rawTable)).filter(
    ({ to }) => now.getTime() - to.getTime() > settleMs,
  )
  const open = await unpackedOf(store.pool, closed)
  return open.length === 0 ? [] : withOwnConnection(store, (client) => packAll(client, open))
}

async function unpackedOf(on: Queryable, partitions: readonly Partition[]): Promise<Partition[]> {
  const { rows } = await on.query<{ name: string }>(
    `select relname as name from pg_class
      where relname = any($1) and obj_description(oid, 'pg_class') is distinct from '${packed}'`,
    [partitions.map(({ name }) => name)],
  )
  const names = new Set(rows.map(({ name }) => name))
  return partitions.filter(({ name }) => names.has(name))
}

async function packAll(client: pg.Client, partitions: readonly Partition[]): Promise<string[]> {
  const { rows } = await client.query<{ is_mine: boolean }>(
    "select pg_try_advisory_lock(hashtext('matriarch sample packing')) as is_mine",
  )
  if (rows[0]?.is_mine !== true) return []
  for (const { name } of partitions) {
    await dropLeftOver(client, name)
    await client.query(`reindex table concurrently ${name}`)
    await client.query(`comment on table ${name} is '${packed}'`)
  }
  return partitions.map(({ name }) => name)
}

/** What was cut off in its middle has left an index that nobody uses. */
async function dropLeftOver(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ index: string }>(
    `select indexrelid::regclass::text as index from pg_index
      where indrelid = to_regclass($1) and not indisvalid`,
    [name],
  )
  for (const { index } of rows) await client.query(`drop index concurrently ${index}`)
}

/** It may take longer than a statement of the store may, and holds a lock as long as it lives. */
async function withOwnConnection<T>(store: Store, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: store.url,
    connectionTimeoutMillis: connectTimeoutMs(store.url),
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
