import type pg from 'pg'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { Bar } from '../barred.ts'
import { keepConnection } from '../postgres/kept-connection.ts'
import type { Target } from '../target.ts'
import { newConsoleClient } from './console-client.ts'
import { asks, type Row, type Shown, showsState } from './console-rows.ts'
import { parsePoolerDetail } from './parse-detail.ts'
import { versionOf } from './parse-version.ts'
import { poolerProblem } from './pooler-problem.ts'

/** Where one pgBouncer is, and a user in its `stats_users`. */
export interface PoolerAccess {
  host: string
  port: number
  /** Member beside which it runs. */
  who: string
  user: string
  password: string | null
  bar?: Bar
  timeoutMs?: number
}

/** Looks at one pgBouncer over one connection to its console that is kept between looks. */
export interface PoolerLook {
  /** Throws LookError. */
  read(signal?: AbortSignal): Promise<PoolerDetail>
  close(): void
}

/** A look that keeps its connection; any failure drops it and the next look makes a new one. */
export function createPoolerLook(access: PoolerAccess): PoolerLook {
  const target: Target = { who: access.who, system: 'pgBouncer', address: `${access.host}:${access.port}` }
  const connection = keepConnection(
    { ...access, database: 'pgbouncer' },
    {
      target,
      problemOf: (error) => poolerProblem(error, target, access.user),
      // Of what Postgres takes in a startup packet, pgBouncer refuses all that limits a session.
      config: { query_timeout: 4_000 },
      newClient: newConsoleClient,
      prepare: async (client): Promise<Console> => ({
        version: versionOf(await show(client, 'version'), target),
        config: { rows: [], readAt: Number.NEGATIVE_INFINITY },
      }),
    },
  )
  return {
    read: (signal) => connection.use(async (client, told) => readAll(client, told, target), signal),
    close: () => connection.close(),
  }
}

/** What is known of the process behind a connection. */
interface Console {
  version: string
  config: { rows: Row[]; readAt: number }
}

async function readAll(client: pg.Client, told: Console, target: Target): Promise<PoolerDetail> {
  const shown: Shown = { state: [], config: [] }
  for (const what of asks) shown[what] = await show(client, what)
  if (showsState(told.version)) shown.state = await show(client, 'state')
  if (performance.now() - told.config.readAt > configAgeMs) {
    told.config = { rows: await show(client, 'config'), readAt: performance.now() }
  }
  return parsePoolerDetail({ ...shown, config: told.config.rows }, told.version, target)
}

/** Its settings change by hand alone, and are the longest answer of a small pooler. */
const configAgeMs = 60_000

// No parameters and no second statement: the console knows the simple protocol alone.
async function show(client: pg.Client, what: string): Promise<Row[]> {
  const { rows } = await client.query<Row>(`SHOW ${what.toUpperCase()}`)
  return rows
}
