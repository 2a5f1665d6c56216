import { memberAt } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { HaproxyDetail, HaproxyServer } from '#domain/stack/haproxy-detail.ts'
import type { Totals } from './counted.ts'
import type { MemberValues } from './member-values.ts'

/** One server line of HAProxy, and the member it stands for. */
export interface ServerLine {
  proxy: string
  member: string
  server: HaproxyServer
}

/** The servers that are members of this cluster: one HAProxy may serve many. */
export function serverLines({ proxies }: HaproxyDetail, snapshot: Snapshot): ServerLine[] {
  return proxies.flatMap(({ name, servers }) =>
    servers.flatMap((server): ServerLine[] => {
      const { member } = memberAt(server, snapshot)
      return member === null ? [] : [{ proxy: name, member, server }]
    }),
  )
}

/** What HAProxy has to do with one member now; unknown where it knows no such server. */
export function trafficValues(lines: readonly ServerLine[], member: string): MemberValues {
  const own = lines.filter((line) => line.member === member)
  return { haproxySessions: own.length === 0 ? null : own.reduce((all, { server }) => all + server.sessions, 0) }
}

/** What grows of one member's traffic; it all begins anew with each reload of HAProxy. */
export function trafficTotals(lines: readonly ServerLine[], member: string, seenAt: Date): Totals {
  return {
    seenAt,
    identity: '',
    parts: new Map(
      lines
        .filter((line) => line.member === member)
        .map(({ proxy, server }) => [
          JSON.stringify([proxy, server.name]),
          {
            identity: server.address ?? '',
            totals: { haproxyBytesInPerSecond: server.bytesIn, haproxyBytesOutPerSecond: server.bytesOut },
          },
        ]),
    ),
  }
}
