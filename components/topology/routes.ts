import type { HaproxyBackend } from '#domain/readings.ts'
import type { HaproxySnapshot, MemberSnapshot } from '#domain/snapshot.ts'

/** What HAProxy does with one member. */
export interface Route {
  isUp: boolean
  /** It alone is up in some backend: where that is the leader, writes go there. */
  isOnly: boolean
  sessions: number
}

/** HAProxy's routes by member name; members it does not know have none. */
export function routesOf(haproxy: HaproxySnapshot, members: readonly MemberSnapshot[]): Map<string, Route> {
  const routes = new Map<string, Route>()
  for (const backend of haproxy.backends) {
    const up = backend.servers.filter((server) => server.isUp)
    for (const member of members) {
      const server = backend.servers.find((one) => isServerOf(one, member))
      if (!server) continue
      const known = routes.get(member.name) ?? { isUp: false, isOnly: false, sessions: 0 }
      routes.set(member.name, {
        isUp: known.isUp || server.isUp,
        isOnly: known.isOnly || (server.isUp && up.length === 1),
        sessions: known.sessions + server.sessions,
      })
    }
  }
  return routes
}

/** Sessions open through all backends. */
export function sessionsOf(haproxy: HaproxySnapshot): number {
  return haproxy.backends.reduce((sum, backend) => sum + backend.sessions, 0)
}

function isServerOf(server: HaproxyBackend['servers'][number], member: MemberSnapshot): boolean {
  if (server.name === member.name) return true
  return server.address !== null && member.host !== null && server.address.split(':')[0] === member.host
}
