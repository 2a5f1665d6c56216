import { busyPart, poolValues } from '#domain/samples/pool-values.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import type { Pool, PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { FactRow } from '#domain/alerts/rule.ts'
import type { Facts } from './names.ts'
import { type FactSources, freshOf, ratio } from './sources.ts'

type Names =
  | 'isPoolerPaused'
  | 'hasPausedDatabase'
  | 'poolClientsActive'
  | 'poolClientsWaiting'
  | 'poolMaxWaitSeconds'
  | 'poolBusy'
  | 'poolClientUse'

/** What the pooler beside a member tells of all its pools together. */
export function poolerFacts({ name }: MemberSnapshot, sources: FactSources): Pick<Facts<'member'>, Names> {
  const detail = poolerOf(name, sources)
  if (detail === null) return unknown
  const { databases, state } = detail
  const values = poolValues(detail)
  return {
    isPoolerPaused: state === null ? null : state !== 'active',
    hasPausedDatabase: databases.some(({ isPaused }) => isPaused),
    poolClientsActive: values.poolClientsActive ?? null,
    poolClientsWaiting: values.poolClientsWaiting ?? null,
    poolMaxWaitSeconds: values.poolMaxWaitSeconds ?? null,
    poolBusy: values.poolBusy ?? null,
    poolClientUse: numberOr(values.poolClientUse),
  }
}

/** A client limit without a count of clients comes to no number. */
function numberOr(value: number | null | undefined): number | null {
  return value === null || value === undefined || Number.isNaN(value) ? null : value
}

/** Each pool of each pooler that was looked at. */
export function poolRows(sources: FactSources): FactRow[] {
  return sources.snapshot.members.flatMap(({ name }) => {
    const detail = poolerOf(name, sources)
    return (detail?.pools ?? []).map((pool) => ({
      scope: 'pool' as const,
      subject: poolSubject(name, pool),
      member: name,
      names: { database: pool.database, user: pool.user },
      facts: factsOf(pool, detail),
    }))
  })
}

/** How a pool beside a member is named. */
export function poolSubject(member: string, { database, user }: Pick<Pool, 'database' | 'user'>): string {
  return `${member} ${database}/${user}`
}

/** True where the pooler beside a member was looked at lately: a pool that it does not tell is not there. */
export function isPoolerTold(name: string, sources: FactSources): boolean {
  return poolerOf(name, sources) !== null
}

function poolerOf(name: string, { stack, now }: FactSources): PoolerDetail | null {
  return freshOf(stack?.members.find((member) => member.name === name)?.pooler, now)
}

function factsOf(pool: Pool, detail: PoolerDetail | null): Facts<'pool'> {
  const { serversActive, serversIdle, serversUsed, serversTested, serversLogin, serversBeingCanceled } = pool
  const database = detail?.databases.find(({ name }) => name === pool.database)
  const size = sizeOf(pool, detail)
  const opened = serversActive + serversIdle + serversUsed + serversTested + serversLogin + serversBeingCanceled
  return {
    mode: ['session', 'transaction', 'statement'].includes(pool.mode) ? pool.mode : null,
    busy: detail && busyPart(pool, detail),
    opened: size === null ? null : ratio(opened, size + (database?.reservePoolSize ?? 0)),
    clientsActive: pool.clientsActive,
    clientsWaiting: pool.clientsWaiting,
    maxWaitSeconds: pool.maxWaitSeconds,
    databaseUse: database ? ratio(database.currentConnections, database.maxConnections) : null,
  }
}

/** A user's own size goes before the database's; null = without a limit. */
function sizeOf({ database, user }: Pool, detail: PoolerDetail | null): number | null {
  const own = detail?.users.find(({ name }) => name === user)?.poolSize
  const size = own ?? detail?.databases.find(({ name }) => name === database)?.poolSize
  return size || null
}

const unknown = {
  isPoolerPaused: null,
  hasPausedDatabase: null,
  poolClientsActive: null,
  poolClientsWaiting: null,
  poolMaxWaitSeconds: null,
  poolBusy: null,
  poolClientUse: null,
} as const
