import { backendRole } from '#domain/snapshot/backend-role.ts'
import type { HaproxyDetail, HaproxyServer } from './haproxy-detail.ts'

/** The server of a proxy; null = there is none of that name. */
export function serverIn({ proxies }: HaproxyDetail, place: { proxy: string; server: string }): HaproxyServer | null {
  const proxy = proxies.find(({ name }) => name === place.proxy)
  return proxy?.servers.find(({ name }) => name === place.server) ?? null
}

/** True for the one server that takes new connections where writes go: without it nobody can begin to write. */
export function isOnlyWriter(detail: HaproxyDetail, place: { proxy: string; server: string }): boolean {
  return backendRole(place.proxy) === 'primary' && isOnlyTaker(detail, place)
}

/** True for the one server of its proxy that takes new connections, whatever they are for. */
export function isOnlyTaker(detail: HaproxyDetail, place: { proxy: string; server: string }): boolean {
  const servers = detail.proxies.find(({ name }) => name === place.proxy)?.servers ?? []
  const takers = servers.filter(takesNew)
  return takers.length === 1 && takers[0]?.name === place.server
}

function takesNew({ isUp, admin }: HaproxyServer): boolean {
  return isUp && admin === 'ready'
}
