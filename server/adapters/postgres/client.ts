import { Socket } from 'node:net'
import pg from 'pg'
import type { ArchiverReading } from '#domain/archiver-seen.ts'
import type { PostgresStatus } from '#domain/readings.ts'
import { refuseBarred, type Bar } from '../barred.ts'
import { LookError } from '../look-error.ts'
import type { Target } from '../target.ts'
import { archiverSql, parseArchiverRow } from './archiver-query.ts'
import { postgresProblem } from './postgres-problem.ts'
import { parseStatusRow, statusSql } from './status-query.ts'

export interface PostgresAccess {
  host: string
  port: number
  user: string
  password: string | null
  bar?: Bar
  database: string
  /** Member it belongs to, for sentences. */
  who: string
  timeoutMs?: number
}

/** Looks at one Postgres over one connection that is kept between looks. */
export interface PostgresLook<T = PostgresStatus> {
  read(signal?: AbortSignal): Promise<T>
  close(): void
}

/** The one statement of a look, by server_version_num, and how its row is read. */
interface PostgresQuestion<T> {
  sql(version: number): string
  parse(row: unknown, target: Target): T
}

/** One look over a connection of its own; throws LookError. */
export async function readPostgresStatus(access: PostgresAccess, signal?: AbortSignal): Promise<PostgresStatus> {
  return readOnce(createPostgresLook(access), signal)
}

/** How archiving stands on one Postgres, asked over a connection of its own; throws LookError. */
export async function readArchiver(access: PostgresAccess, signal?: AbortSignal): Promise<ArchiverReading> {
  return readOnce(createLook(access, { sql: archiverSql, parse: parseArchiverRow }), signal)
}

/** A look that keeps its connection; any failure drops it and the next look makes a new one. */
export function createPostgresLook(access: PostgresAccess): PostgresLook {
  return createLook(access, { sql: statusSql, parse: parseStatusRow })
}

async function readOnce<T>(look: PostgresLook<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await look.read(signal)
  } finally {
    look.close()
  }
}

function createLook<T>(access: PostgresAccess, question: PostgresQuestion<T>): PostgresLook<T> {
  const target: Target = { who: access.who, system: 'Postgres', address: `${access.host}:${access.port}` }
  const timeoutMs = access.timeoutMs ?? 5_000
  let open: Connection | null = null
  // TLS where the server has it, as sslmode=prefer.
  let hasTls = true

  const read = async (signal: AbortSignal): Promise<T> => {
    if (access.password !== null) refuseBarred(access.bar, access.host)
    open ??= await connectOnce(access, hasTls, signal)
    return question.parse((await open.client.query(question.sql(open.version))).rows[0], target)
  }

  const readWithFallback = async (signal: AbortSignal): Promise<T> => {
    try {
      return await read(signal)
    } catch (error) {
      if (!hasTls || !(error instanceof Error) || !/does not support SSL/i.test(error.message)) throw error
      hasTls = false
      return await read(signal)
    }
  }

  const drop = () => {
    open?.destroy()
    open = null
  }

  return {
    async read(signal) {
      const ended = new AbortController()
      const end = () => ended.abort()
      signal?.addEventListener('abort', end)
      const timer = setTimeout(end, timeoutMs)
      try {
        return await Promise.race([readWithFallback(ended.signal), rejectOn(ended.signal, target, timeoutMs)])
      } catch (error) {
        end()
        drop()
        throw postgresProblem(error, target)
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
      }
    },
    close: drop,
  }
}

interface Connection {
  client: pg.Client
  /** server_version_num. */
  version: number
  destroy(): void
}

async function connectOnce(access: PostgresAccess, hasTls: boolean, signal: AbortSignal): Promise<Connection> {
  // pg waits for the other side when it closes; a frozen server would keep the socket for ever, so it is ours to destroy.
  const socket = new Socket()
  const destroy = () => socket.destroy()
  signal.addEventListener('abort', destroy)
  const client = new pg.Client({
    host: access.host,
    port: access.port,
    user: access.user,
    password: access.password ?? '',
    database: access.database,
    application_name: 'matriarch',
    ssl: hasTls ? { rejectUnauthorized: false } : false,
    stream: () => socket,
    keepAlive: true,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 3_000,
    query_timeout: 4_000,
    options: '-c lock_timeout=1000 -c idle_in_transaction_session_timeout=10000 -c default_transaction_read_only=on',
  })
  client.on('error', destroy)
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('server_version_num')::int as version")
    return { client, version: Number(rows[0]?.version ?? 0), destroy }
  } catch (error) {
    destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', destroy)
  }
}

function rejectOn(signal: AbortSignal, target: Target, timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(
        new LookError(
          'timeout',
          `Postgres of ${target.who} did not answer on ${target.address} within ${timeoutMs / 1000} s.`,
        ),
      )
    })
  })
}
