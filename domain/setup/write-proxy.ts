import { writeRouteOf } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { HaproxyDetail, HaproxyProxy } from '#domain/stack/haproxy-detail.ts'

/** The proxy of HAProxy through which this cluster's writes go; null where none can be told. */
export function writeProxyOf({ proxies }: HaproxyDetail, snapshot: Snapshot): HaproxyProxy | null {
  const backends = proxies.map(({ name, backend, servers }) => ({ name, servers, sessions: backend?.sessions ?? 0 }))
  const route = writeRouteOf({ ...snapshot, haproxy: { backends, seenAt: null, problem: null } })
  return proxies.find(({ name }) => name === route?.backend) ?? null
}
