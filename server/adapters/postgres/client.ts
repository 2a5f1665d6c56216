import type pg from 'pg'
import type { ArchiverReading } from '#domain/wal/archiver-seen.ts'
import type { PostgresStatus } from '#domain/snapshot/readings.ts'
import type { Target } from '../target.ts'
import { archiverSql, parseArchiverRow } from './archiver-query.ts'
import { keepConnection, type SqlAccess } from './kept-connection.ts'
import { postgresProblem } from './postgres-problem.ts'
import { parseStatusRow, statusSql } from './status-query.ts'

export type PostgresAccess = SqlAccess

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

/** How sentences name the Postgres that is asked. */
export function postgresTarget({ who, host, port }: PostgresAccess): Target {
  return { who, system: 'Postgres', address: `${host}:${port}` }
}

async function readOnce<T>(look: PostgresLook<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await look.read(signal)
  } finally {
    look.close()
  }
}

function createLook<T>(access: PostgresAccess, question: PostgresQuestion<T>): PostgresLook<T> {
  const target = postgresTarget(access)
  const connection = keepConnection(access, { target, problemOf: postgresProblem, config, prepare: versionOf })
  return {
    read: (signal) =>
      connection.use(
        // By its name it is planned once a connection: that is most of what such a statement costs the server.
        async (client, version) => {
          const { rows } = await client.query({ name: 'look', text: question.sql(version) })
          return question.parse(rows[0], target)
        },
        signal,
      ),
    close: () => connection.close(),
  }
}

const config = {
  statement_timeout: 3_000,
  query_timeout: 4_000,
  options: '-c lock_timeout=1000 -c idle_in_transaction_session_timeout=10000 -c default_transaction_read_only=on',
}

async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query("select current_setting('server_version_num')::int as version")
  return Number(rows[0]?.version ?? 0)
}
