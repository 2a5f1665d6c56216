import pg from 'pg'
import type { PostgresDetail, PostgresSetting } from '#domain/stack/postgres-detail.ts'
import { LookError } from '../../look-error.ts'
import { place, type Target } from '../../target.ts'
import { postgresTarget, type PostgresAccess, type PostgresLook } from '../client.ts'
import { keepConnection } from '../kept-connection.ts'
import { postgresProblem } from '../postgres-problem.ts'
import { detailSql } from './detail-sql.ts'
import { detailOf, parseDetail } from './parse-detail.ts'
import { readSettings } from './settings.ts'
import { createSizesLook } from './sizes.ts'

/** What a session knows between looks. */
interface Session {
  version: number
  settings: Record<string, PostgresSetting>
  /** The configuration that the settings were read from; null = the one at hand. */
  configuredAt: number | null
  /** False once the text of a statement could not be told, for it is in another encoding. */
  hasQueries: boolean
}

/**
 * A deep look at one Postgres, 13 or newer, over a connection of its own, so that it never holds up the look at its state: one
 * statement a look, and the settings after each change of the configuration. Throws LookError.
 */
export function createPostgresDetailLook(
  access: PostgresAccess,
  clock: () => Date = () => new Date(),
): PostgresLook<PostgresDetail> {
  const target = postgresTarget(access)
  const sizes = createSizesLook(access, clock)
  const connection = keepConnection<Session>(access, {
    target,
    problemOf: postgresProblem,
    // What a session sets for itself must not come as its first word: its settings are asked for as the server has them.
    config: { query_timeout: 4_000 },
    prepare: (client) => begin(client, access, target),
  })
  return {
    async read(signal) {
      const told = await connection.use((client, session) => ask(client, session, target), signal)
      return detailOf(told.document, { ...told, sizes: sizes.newest() })
    },
    close() {
      sizes.close()
      connection.close()
    },
  }
}

async function begin(client: pg.Client, { user }: PostgresAccess, target: Target): Promise<Session> {
  const { rows } = await client.query<{ version: number; may: boolean }>(
    `select current_setting('server_version_num')::int as version, pg_has_role('pg_monitor', 'usage') as may`,
  )
  const version = rows[0]?.version ?? 0
  if (version < 130_000) {
    const sentence = `Postgres ${place(target)} is older than 13: of it Matriarch tells only the state.`
    throw new LookError('protocol', sentence)
  }
  if (rows[0]?.may !== true) {
    const grant = `GRANT pg_monitor TO ${pg.escapeIdentifier(user)}`
    const sentence = `${user} may not read the statistics of Postgres ${place(target)}. Run on the leader: ${grant};`
    throw new LookError('unauthorized', sentence)
  }
  return { version, settings: await readSettings(client, target), configuredAt: null, hasQueries: true }
}

async function ask(client: pg.Client, session: Session, target: Target) {
  const { rows } = await askDetail(client, session)
  const document = parseDetail(rows[0], target)
  const configuredAt = document.configuredAt?.getTime() ?? 0
  if (session.configuredAt !== null && session.configuredAt !== configuredAt) {
    session.settings = await readSettings(client, target)
  }
  session.configuredAt = configuredAt
  return { document, version: session.version, settings: session.settings }
}

async function askDetail(client: pg.Client, session: Session): Promise<pg.QueryResult> {
  const { version } = session
  const query = () => {
    const { hasQueries } = session
    return client.query({ name: `detail ${hasQueries}`, text: detailSql(version, { hasQueries }) })
  }
  try {
    return await query()
  } catch (error) {
    const isGarbled = error instanceof pg.DatabaseError && error.code === '22021'
    if (!isGarbled || !session.hasQueries) throw error
    session.hasQueries = false
    return await query()
  }
}
