import type { DcsKeys, EtcdEndpointStatus } from '#domain/snapshot/dcs.ts'
import type { PatroniClusterView, PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { HaproxyStatus, PostgresStatus } from '#domain/snapshot/readings.ts'

/** What of a status is worth a snapshot at once: not the WAL positions and clocks that differ at every look. */
export function materialStatus(status: PatroniStatus): unknown {
  const { wal } = status
  return { ...status, dcsLastSeenAt: null, wal: wal?.kind === 'standby' ? [wal.kind, wal.paused] : wal?.kind }
}

/** The same of a member's view of the cluster: without lags. */
export function materialView(view: PatroniClusterView): unknown {
  return {
    ...view,
    members: view.members.map((member) => ({ ...member, lag: null, receiveLag: null, replayLag: null })),
  }
}

/** The same of etcd's keys: without positions and revisions. */
export function materialKeys(keys: DcsKeys): unknown {
  const members = keys.members.map((member) => ({ ...member, lsn: null }))
  return { ...keys, members, optimeLsn: null, revision: null, leaderChangedAt: null }
}

/** The same of an endpoint of etcd: without its size. */
export function materialEndpoint(status: EtcdEndpointStatus): unknown {
  return { ...status, dbSizeBytes: null }
}

/** The same of what SQL says: without the running transactions. */
export function materialPostgres(status: PostgresStatus): unknown {
  return { ...status, longestTransaction: null }
}

/** The same of HAProxy: which servers are up. */
export function materialHaproxy(status: HaproxyStatus): unknown {
  return status.backends.map(({ name, servers }) => [name, servers.map((server) => [server.name, server.isUp])])
}
