import { poolUses, type PoolUse } from './pool-use.ts'
import type { PoolerDetail } from './pooler-detail.ts'
import { modeSentences, preparedStatementsOf } from './pool-modes.ts'

/** A way of pooling that its own settings or its use betray as wrong. */
export interface PoolModeMisuse {
  database: string
  /** Null = whoever uses the database. */
  user: string | null
  /** `info` where it harms only some applications. */
  severity: 'warning' | 'info'
  sentence: string
  advice: string
}

/** What can be seen of one pgBouncer's pool modes that works against them. */
export function poolModeMisuse(detail: PoolerDetail): PoolModeMisuse[] {
  const uses = poolUses(detail)
  const inMode = (mode: string) => [...new Set(uses.filter((use) => use.mode === mode).map(({ database }) => database))]
  return [
    ...uses.flatMap(sessionsHoldServers),
    ...inMode('session').flatMap((database) => leavesTraces(database, detail)),
    ...inMode('transaction').flatMap((database) => [
      ...withoutPreparedStatements(database, detail),
      ...resetsAlways(database, detail),
    ]),
    ...inMode('statement').map(refusesTransactions),
  ]
}

function sessionsHoldServers(use: PoolUse): PoolModeMisuse[] {
  if (use.mode !== 'session' || use.busy === null || use.cap === null) return []
  if (use.clientsWaiting === 0 && use.busy < nearlyAll) return []
  const waiting = use.clientsWaiting === 0 ? '' : ` and ${use.clientsWaiting} wait for one of them to leave`
  return [
    {
      database: use.database,
      user: use.user,
      severity: 'warning',
      sentence: `${use.busyServers} of ${use.cap} servers of ${use.database}/${use.user} are each held by one client for as long as it stays connected, at work or idle (session mode)${waiting}.`,
      advice:
        'Set pool_mode = transaction where the application keeps nothing in its session (SET, LISTEN, temporary tables, advisory locks); else let it connect only while it works, or set pool_size to its number of connections.',
    },
  ]
}

/** The next few clients would wait. */
const nearlyAll = 0.9

function leavesTraces(database: string, { config }: PoolerDetail): PoolModeMisuse[] {
  if (config.server_reset_query !== '') return []
  return [
    {
      database,
      user: null,
      severity: 'warning',
      sentence: `A server of ${database} is handed to the next client as the last one left it (session mode, server_reset_query is empty).`,
      advice: 'Set server_reset_query = DISCARD ALL.',
    },
  ]
}

function withoutPreparedStatements(database: string, detail: PoolerDetail): PoolModeMisuse[] {
  const kept = preparedStatementsOf(detail)
  if (kept === null || kept === 'kept') return []
  const isOff = kept === 'off'
  return [
    {
      database,
      user: null,
      severity: 'info',
      sentence: isOff ? modeSentences.preparedOff(database) : modeSentences.preparedUnknown(database, detail.version),
      advice: `${isOff ? 'Set max_prepared_statements = 200' : 'Update pgBouncer'}, or turn prepared statements off in the driver.`,
    },
  ]
}

function resetsAlways(database: string, { config }: PoolerDetail): PoolModeMisuse[] {
  if (config.server_reset_query_always !== '1' || !config.server_reset_query) return []
  return [
    {
      database,
      user: null,
      severity: 'warning',
      sentence: `Each transaction on ${database} is followed by ${config.server_reset_query} on its server (server_reset_query_always): that costs a round trip, and hides that the application keeps things in a session which it does not own.`,
      advice: 'Set server_reset_query_always = 0, and find what the application sets outside of its transactions.',
    },
  ]
}

function refusesTransactions(database: string): PoolModeMisuse {
  return {
    database,
    user: null,
    severity: 'warning',
    sentence: modeSentences.statement(database),
    advice: 'Set pool_mode = transaction unless every statement is meant to stand alone.',
  }
}
