import { z } from 'zod'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'
import type { Row, Shown } from './console-rows.ts'
import { clientRow, configRow, databaseRow, listRow, poolRow, serverRow, stateRow, statsRow } from './row-schemas.ts'
import { parseUsers } from './parse-users.ts'

/** Parses what pgBouncer showed; throws LookError where it is not as any version has it. */
export function parsePoolerDetail(shown: Shown, version: string, target: Target): PoolerDetail {
  const read = <T>(rows: Row[] | undefined, schema: z.ZodType<T>, what: string): T[] => {
    const parsed = z.array(schema).safeParse(rows ?? [])
    if (parsed.success) return parsed.data
    throw notAsExpected(target, `SHOW ${what} has other columns: ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  }
  const clients = first(withoutConsole(shown.clients, 'database'), byNeed)
  const servers = first(withoutConsole(shown.servers, 'database'), () => 0)
  const pools = read(withoutConsole(shown.pools, 'database'), poolRow, 'POOLS')
  const databases = read(withoutConsole(shown.databases, 'name'), databaseRow, 'DATABASES')
  const isUsed = (user: string) => pools.some((pool) => pool.user === user)
  return {
    version,
    state: stateOf(read(shown.state, stateRow, 'STATE')),
    pools,
    databases,
    users: parseUsers(shown.users ?? [], { version, target, isUsed }),
    clients: read(clients.kept, clientRow, 'CLIENTS'),
    clientsLeftOut: clients.leftOut,
    servers: read(servers.kept, serverRow, 'SERVERS'),
    serversLeftOut: servers.leftOut,
    lists: Object.fromEntries(read(shown.lists, listRow, 'LISTS').map(({ list, items }) => [list, items])),
    config: Object.fromEntries(
      read(shown.config, configRow, 'CONFIG')
        // May hold the password of an LDAP directory.
        .filter(({ key }) => !key.includes('ldap'))
        .map(({ key, value }) => [key, value]),
    ),
    stats: read(withoutConsole(shown.stats_totals, 'database'), statsRow, 'STATS_TOTALS'),
  }
}

/** More than a person reads or a page needs to show. */
const mostSockets = 200

function first(rows: Row[], rank: (row: Row) => number): { kept: Row[]; leftOut: number } {
  const kept = rows.toSorted((a, b) => rank(b) - rank(a)).slice(0, mostSockets)
  return { kept, leftOut: rows.length - kept.length }
}

// Who waits longest first, then who works, then who is idle.
function byNeed({ state, wait, wait_us }: Row): number {
  if (String(state).startsWith('waiting')) return 1 + (Number(wait) || 0) + (Number(wait_us) || 0) / 1e6
  return state === 'idle' ? 0 : 0.5
}

// The console itself is a database, too, and a pool, with clients of its own.
function withoutConsole(rows: Row[] | undefined, column: 'database' | 'name'): Row[] {
  return (rows ?? []).filter((row) => row[column] !== 'pgbouncer')
}

function stateOf(rows: { key: string; value: string }[]): PoolerDetail['state'] {
  const is = (key: string) => rows.some((row) => row.key === key && row.value === 'yes')
  if (is('suspended')) return 'suspended'
  if (is('paused')) return 'paused'
  return is('active') ? 'active' : null
}
