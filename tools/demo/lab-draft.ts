import type { ClusterDraft } from '#domain/cluster.ts'
import { etcdUrls, haproxyStatisticsUrl, patroniUrls, ports } from '#lab/addresses.ts'
import { credentials, restUser } from '#lab/credentials.ts'
import { keptRestPassword } from '#lab/rest-password.ts'

/** Name of the lab's cluster in the console. */
export const clusterName = 'lab'

/** The lab with all that can be seen of it. */
export function labDraft(): ClusterDraft {
  const restPassword = keptRestPassword()
  return {
    name: clusterName,
    labels: ['lab'],
    patroniUrls,
    patroniUser: restPassword === null ? null : restUser,
    caPem: null,
    etcdUrls,
    etcdUser: null,
    etcdNamespace: '/service',
    haproxyUrl: haproxyStatisticsUrl,
    haproxyUser: null,
    postgresUser: credentials.matriarch.user,
    postgresDatabase: 'postgres',
    poolerPort: ports.pgbouncer,
    secrets: {
      'postgres-password': credentials.matriarch.password,
      ...(restPassword === null ? {} : { 'patroni-password': restPassword }),
    },
  }
}
