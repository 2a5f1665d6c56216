import { z } from 'zod'
import type { SignalAct } from '#domain/plan/signal-plan.ts'
import { notAsExpected } from '../json.ts'
import { postgresTarget, type PostgresAccess } from './client.ts'
import { keepConnection } from './kept-connection.ts'
import { signalProblem } from './signal-problem.ts'

/** One session as Postgres tells it now. */
export interface FoundSession {
  user: string | null
  database: string | null
  application: string
  state: string | null
  /** `client backend`, or what else it is. */
  backendType: string
  /** Names the statement that it runs or ran last, to the microsecond; null = it has not run one yet. */
  queryStart: string | null
  isSuperuser: boolean
  /** Whether the console's user may send it a signal. */
  maySignal: boolean
}

export interface SessionOrder {
  pid: number
  /** To the millisecond. */
  backendStart: Date
}

/** The sessions of one Postgres, as the console's user may see and end them. Every call throws LookError. */
export interface PostgresSessions {
  /** Name of the console's user. */
  user: string
  /** Null = there is no such session any more. */
  find(session: SessionOrder, signal?: AbortSignal): Promise<FoundSession | null>
  /**
   * Sends the signal to that session and no other, a cancel only while it runs that statement. Null = nothing was sent, for there is no such session
   * or statement any more; false = it was sent, and a session that was to end had not within 5 s; else true.
   */
  send(
    order: SessionOrder & { act: SignalAct; queryStart: string | null },
    signal?: AbortSignal,
  ): Promise<boolean | null>
  close(): void
}

/** Opens no connection yet. */
export function createSessions(access: PostgresAccess): PostgresSessions {
  const target = postgresTarget(access)
  // Postgres itself waits 5 s for the end of a session.
  const connection = keepConnection(
    { ...access, timeoutMs: access.timeoutMs ?? 10_000 },
    {
      target,
      problemOf: (error) => signalProblem(error, target, access.user),
      config: { statement_timeout: 8_000, query_timeout: 9_000 },
      async prepare(client) {
        const { rows } = await client.query("select current_setting('server_version_num')::int as version")
        return Number(rows[0]?.version ?? 0)
      },
    },
  )
  return {
    user: access.user,
    find: ({ pid, backendStart }, signal) =>
      connection.use(async (client) => {
        const { rows } = await client.query(findSql, [pid, backendStart])
        if (rows.length === 0) return null
        const parsed = found.safeParse(rows[0])
        if (!parsed.success) throw notAsExpected(target, 'its answer about a session has another shape')
        const { isSame, ...session } = parsed.data
        return isSame ? session : null
      }, signal),
    send: ({ pid, backendStart, act, queryStart }, signal) =>
      connection.use(async (client, version) => {
        const { rows } =
          act === 'cancel'
            ? await client.query(cancelSql, [pid, backendStart, queryStart])
            : await client.query(terminateSql(version), [pid, backendStart])
        return rows.length === 0 ? null : rows[0]?.sent === true
      }, signal),
    close: () => connection.close(),
  }
}

const found = z.object({
  isSame: z.boolean(),
  user: z.string().nullable(),
  database: z.string().nullable(),
  application: z.string(),
  state: z.string().nullable(),
  backendType: z.string(),
  queryStart: z.string().nullable(),
  isSuperuser: z.boolean(),
  maySignal: z.boolean(),
})

// JavaScript knows milliseconds alone. Whose sessions may not be seen has no beginning: that must not be taken for gone.
const same = `date_trunc('milliseconds', backend_start) = $2::timestamptz`
const one = `pid = $1 and backend_type = 'client backend' and ${same}`

const findSql = `
  select coalesce(${same}, true) as "isSame", usename as "user", datname as "database",
         coalesce(application_name, '') as "application", state,
         coalesce(backend_type, '') as "backendType", query_start::text as "queryStart",
         coalesce(r.rolsuper, false) as "isSuperuser",
         backend_start is not null and (own.rolsuper
           or (not coalesce(r.rolsuper, false)
               and (pg_has_role(usesysid, 'usage') or pg_has_role('pg_signal_backend', 'usage')))) as "maySignal"
    from pg_stat_activity
    join pg_roles own on own.rolname = current_user
    left join pg_roles r on r.oid = usesysid
   where pid = $1`

const cancelSql = `
  select pg_cancel_backend(pid) as sent from pg_stat_activity
   where ${one} and state = 'active' and query_start = $3::timestamptz`

// From 14 on it waits for the end, ms.
function terminateSql(version: number): string {
  const call = version >= 140_000 ? 'pg_terminate_backend(pid, 5000)' : 'pg_terminate_backend(pid)'
  return `select ${call} as sent from pg_stat_activity where ${one}`
}
