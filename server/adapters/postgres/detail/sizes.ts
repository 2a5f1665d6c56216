import { z } from 'zod'
import { LookError } from '../../look-error.ts'
import { notAsExpected } from '../../json.ts'
import { postgresTarget, type PostgresAccess } from '../client.ts'
import { keepConnection } from '../kept-connection.ts'
import { postgresProblem } from '../postgres-problem.ts'
import { line } from './words.ts'

/** What is on the disk; every file of every database is looked at for it. */
export interface Sizes {
  at: Date
  databases: ReadonlyMap<string, number>
  /** Of the segments in pg_wal. */
  walBytes: number | null
  walFiles: number
}

/** Sizes as they were last asked. */
export interface SizesLook {
  /** The newest; asks for newer ones in the background where they are due. */
  newest(): Sizes | null
  close(): void
}

const restMs = 5 * 60_000
const retryMs = 60_000
const timeoutMs = 35_000

/**
 * Asks seldom and over a connection of its own: with many files it takes seconds, and it waits for a database that is being dropped.
 * What cannot be told now leaves what was.
 */
export function createSizesLook(access: PostgresAccess, clock: () => Date): SizesLook {
  const ended = new AbortController()
  let newest: Sizes | null = null
  let dueAtMs = 0
  let isAsking = false

  const ask = async () => {
    try {
      newest = await readSizes(access, clock, ended.signal)
      dueAtMs = clock().getTime() + restMs
    } catch (error) {
      if (!(error instanceof LookError)) throw error
      dueAtMs = clock().getTime() + retryMs
    } finally {
      isAsking = false
    }
  }

  return {
    newest() {
      if (!isAsking && !ended.signal.aborted && clock().getTime() >= dueAtMs) {
        isAsking = true
        void ask()
      }
      return newest
    },
    close: () => ended.abort(),
  }
}

async function readSizes(access: PostgresAccess, clock: () => Date, signal: AbortSignal): Promise<Sizes> {
  const target = postgresTarget(access)
  const connection = keepConnection(
    { ...access, timeoutMs },
    { target, problemOf: postgresProblem, config, prepare: () => Promise.resolve(null) },
  )
  try {
    return await connection.use(async (client) => {
      const parsed = row.safeParse((await client.query(sizesSql)).rows[0])
      if (!parsed.success) throw notAsExpected(target, 'its answer to a query about sizes has another shape')
      const { databases, walBytes, walFiles } = parsed.data.sizes
      const known = databases.flatMap(({ name, bytes }) => (bytes === null ? [] : [[name, bytes] as const]))
      return { at: clock(), databases: new Map(known), walBytes, walFiles }
    }, signal)
  } finally {
    connection.close()
  }
}

const config = {
  statement_timeout: 30_000,
  query_timeout: 32_000,
  options: '-c lock_timeout=1000 -c idle_in_transaction_session_timeout=10000 -c default_transaction_read_only=on',
}

const sizesSql = `
  select json_build_object(
    'databases', (select json_agg(each) from (
      select datname as name, pg_database_size(oid) as bytes from pg_database order by age(datfrozenxid) desc limit 500) each),
    'walBytes', sum(size), 'walFiles', count(*)) as sizes
  from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'`

const row = z.object({
  sizes: z.object({
    databases: z.array(z.object({ name: line, bytes: z.number().nullable() })),
    walBytes: z.number().nullable(),
    walFiles: z.number(),
  }),
})
