import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { etcdUrls, haproxyStatisticsUrl, patroniUrls, ports } from '#lab/addresses.ts'
import { credentials } from '#lab/credentials.ts'

export const labClusterName = 'lab'

/** The lab as a person would add it: one Patroni address, the others are found from it. */
export function labDraft(changes: Partial<ClusterDraft> = {}): ClusterDraft {
  return {
    name: labClusterName,
    labels: ['lab'],
    patroniUrls: patroniUrls.slice(0, 1),
    patroniUser: null,
    caPem: null,
    etcdUrls,
    etcdUser: null,
    etcdNamespace: '/service',
    haproxyUrl: haproxyStatisticsUrl,
    haproxyUser: credentials.haproxy.user,
    postgresUser: credentials.matriarch.user,
    postgresDatabase: 'postgres',
    poolerPort: ports.pgbouncer,
    secrets: {
      'postgres-password': credentials.matriarch.password,
      'haproxy-password': credentials.haproxy.password,
    },
    ...changes,
  }
}
