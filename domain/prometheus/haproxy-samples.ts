import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'
import { counter, gauge, sample, type FamilySample } from './family.ts'

export const haproxyFamilies = {
  up: gauge('haproxy_server_up', 'Whether HAProxy sends clients to a server, 1 if so.'),
  sessions: gauge('haproxy_server_sessions', 'Sessions at a server of HAProxy.'),
  began: counter('haproxy_server_sessions', 'Sessions that began at a server of HAProxy since it was last reloaded.'),
  received: counter('haproxy_server_received_bytes', 'Bytes from clients to a server of HAProxy.'),
  sent: counter('haproxy_server_sent_bytes', 'Bytes from a server of HAProxy to clients.'),
  failures: counter('haproxy_server_connection_errors', 'Connections to a server of HAProxy that failed.'),
  serversUp: gauge('haproxy_servers_up', 'Servers of a proxy of HAProxy that clients are sent to.'),
  queued: gauge('haproxy_queued_sessions', 'Sessions that wait at a proxy of HAProxy for a server with room.'),
} as const

/** Servers of one HAProxy that are told of. */
const mostServers = 200

/** What HAProxy tells of each of its proxies and their servers. */
export function haproxySamples(cluster: string, { proxies }: HaproxyDetail): FamilySample[] {
  const backends = proxies.filter(({ backend }) => backend !== null)
  const servers = backends.flatMap(({ name: proxy, servers: of }) => of.map((server) => ({ proxy, server })))
  return [
    ...backends
      .slice(0, mostServers)
      .flatMap(({ name: proxy, backend, servers: of }) => [
        ...sample(haproxyFamilies.serversUp, { cluster, proxy }, of.filter(({ isUp }) => isUp).length),
        ...sample(haproxyFamilies.queued, { cluster, proxy }, backend?.queued),
      ]),
    ...servers.slice(0, mostServers).flatMap(({ proxy, server }) => {
      const labels = { cluster, proxy, server: server.name }
      return [
        ...sample(haproxyFamilies.up, labels, server.isUp),
        ...sample(haproxyFamilies.sessions, labels, server.sessions),
        ...sample(haproxyFamilies.began, labels, server.sessionsTotal),
        ...sample(haproxyFamilies.received, labels, server.bytesIn),
        ...sample(haproxyFamilies.sent, labels, server.bytesOut),
        ...sample(haproxyFamilies.failures, labels, server.connectionErrors),
      ]
    }),
  ]
}
