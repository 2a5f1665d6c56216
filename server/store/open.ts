import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { AppError } from '#server/errors.ts'
import { connectTimeoutMs } from './connect-timeout.ts'
import { PrismaClient } from './generated/client.ts'
import { translateStoreError } from './unreachable.ts'

/** The console's own database: Prisma for reads and simple lists, `pool` for everything that needs a transaction or its own SQL. */
export interface Store {
  prisma: StorePrisma
  /** int8 arrives as a number, timestamptz as a Date. Lost connections surface as AppError `store-unreachable`. */
  pool: pg.Pool
  url: string
  close(): Promise<void>
}

/** A transaction left alone for longer is rolled back by the store, ms: well within the time a takeover may take. */
export const idleInTransactionMs = 4_000

/** Opens the store lazily: no connection is made before the first query. */
export function openStore(url: string, options: { max: number; statementTimeoutMs?: number }): Store {
  const statementTimeoutMs = options.statementTimeoutMs ?? 15_000
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    connectionTimeoutMillis: connectTimeoutMs(url),
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    // Ends waits on a connection whose other end is gone without a word.
    query_timeout: statementTimeoutMs + 2_000,
    // A process that is frozen in the middle of a transaction keeps its locks; whoever takes over waits for them.
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    application_name: 'matriarch',
    types: { getTypeParser: parserOf },
  })
  // A broken connection rejects the query that used it; unheard, the event would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const prisma = openPrisma(pool, url)
  pool.query = translating(pool.query.bind(pool), url)
  pool.connect = translating(pool.connect.bind(pool), url)
  return {
    prisma,
    pool,
    url,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** Runs `work` in one transaction of its own connection; commits when it resolves, rolls back when it throws. */
export async function inTransaction<T>(store: Store, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const tx = await store.pool.connect()
  let isBroken = false
  try {
    await tx.query('begin')
    const result = await work(tx)
    await tx.query('commit')
    return result
  } catch (error) {
    const translated = translateStoreError(error, store.url)
    // A connection that did not answer once will not answer a rollback either; closing it is one.
    isBroken = isUnreachable(translated) || !(await rollsBack(tx))
    throw translated
  } finally {
    tx.release(isBroken)
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store-unreachable'
}

async function rollsBack(tx: pg.PoolClient): Promise<boolean> {
  return tx.query('rollback').then(
    () => true,
    () => false,
  )
}

export type StorePrisma = ReturnType<typeof openPrisma>

function openPrisma(pool: pg.Pool, url: string) {
  return new PrismaClient({ adapter: new PrismaPg(pool) }).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args)
        } catch (error) {
          throw translateStoreError(error, url)
        }
      },
    },
  })
}

const int8 = 20

function parserOf(oid: number, format?: 'text' | 'binary') {
  if (oid === int8 && format !== 'binary') return Number
  return pg.types.getTypeParser(oid, format)
}

// The result is called as `call` is and answers as it does; only what it rejects with differs.
function translating<F extends (...args: never[]) => unknown>(call: F, url: string): F {
  const wrapped = (...args: Parameters<F>): unknown => {
    const result = call(...args)
    if (!(result instanceof Promise)) return result
    return result.catch((error: unknown) => {
      throw translateStoreError(error, url)
    })
  }
  return wrapped as F
}
