import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isLocalHost } from '#domain/stack/local-host.ts'
import type { PoolerDatabase, PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { Named } from './parts.ts'
import { configNumber } from './pooler-config.ts'

/** What all poolers together may open to the Postgres of one member. */
export interface PoolsOfPostgres {
  member: string
  /** Whose pools lead there. */
  poolers: string[]
  /** How many databases of poolers that is, each pooler's counted by itself. */
  databases: number
  /** Infinity = there is no limit. */
  mayOpen: number
}

/** A database of a pooler, with where it leads. */
interface Route {
  pooler: string
  mayOpen: number
  /** Null = not straight to a member, but wherever `place` leads. */
  member: string | null
  place: string
}

/**
 * What may be opened to each member: by the pools that lead straight there, and by those that all go by one address which may lead there, such
 * as HAProxy's port of the leader.
 */
export function poolsOfPostgres(
  poolers: readonly Named<PoolerDetail>[],
  members: readonly MemberSnapshot[],
): PoolsOfPostgres[] {
  const routes = poolers.flatMap((pooler) => routesOf(pooler, members))
  const elsewhere = routes.filter(({ member }) => member === null)
  const places = [...new Set(elsewhere.map(({ place }) => place))]
  const [most = []] = places
    .map((place) => elsewhere.filter((route) => route.place === place))
    .toSorted((a, b) => total(b) - total(a))
  return members.map(({ name: member }) => {
    const leading = [...routes.filter((route) => route.member === member), ...most]
    return {
      member,
      poolers: [...new Set(leading.map(({ pooler }) => pooler))],
      databases: leading.length,
      mayOpen: total(leading),
    }
  })
}

function routesOf({ member: pooler, detail }: Named<PoolerDetail>, members: readonly MemberSnapshot[]): Route[] {
  return detail.databases.map((database) => {
    const { host, port } = database
    const isHere = isLocalHost(host)
    const found = members.find((each) => (isHere ? each.name === pooler : each.host === host) && portOf(each) === port)
    return {
      pooler,
      mayOpen: mayOpen(database, detail),
      member: found?.name ?? null,
      place: `${isHere ? 'the same node' : host}:${port}`,
    }
  })
}

/** As many as all pools of a database may have, and no more than its own limit; a user's own size goes before the database's. */
function mayOpen(database: PoolerDatabase, { pools, users, config }: PoolerDetail): number {
  const { name, forceUser, maxConnections } = database
  const pooled = new Set(pools.filter((pool) => pool.database === name).map(({ user }) => user))
  // One that nobody has come to yet will have a pool once somebody does.
  const names = pooled.size > 0 ? [...pooled] : [forceUser ?? '']
  const wanted = names.map((user) => {
    const own = users.find((each) => each.name === user)
    const size = (own?.poolSize ?? database.poolSize) || Number.POSITIVE_INFINITY
    const reserve = own?.reservePoolSize ?? database.reservePoolSize
    return Math.min(size + reserve, own?.maxConnections || Number.POSITIVE_INFINITY)
  })
  const limit = maxConnections || configNumber(config, 'max_db_connections') || Number.POSITIVE_INFINITY
  return Math.min(limit, sum(wanted))
}

function portOf({ port }: MemberSnapshot): number {
  return port ?? 5432
}

function total(routes: readonly Route[]): number {
  return sum(routes.map((route) => route.mayOpen))
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
