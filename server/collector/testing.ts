import type { ClusterConfig, ClusterEndpoints } from '#domain/fleet/cluster.ts'

/** A cluster as it would be registered, for tests that look at local servers. */
export function clusterWith(endpoints: Partial<ClusterEndpoints>, more: Partial<ClusterConfig> = {}): ClusterConfig {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'orders',
    labels: [],
    scope: null,
    systemIdentifier: null,
    createdAt: new Date(0),
    endpoints: {
      patroniUrls: [],
      patroniUser: null,
      hasPatroniPassword: false,
      caPem: null,
      etcdUrls: [],
      etcdUser: null,
      hasEtcdPassword: false,
      etcdNamespace: '/service',
      haproxyUrl: null,
      haproxyUser: null,
      hasHaproxyPassword: false,
      postgresUser: null,
      hasPostgresPassword: false,
      postgresDatabase: 'postgres',
      poolerPort: null,
      ...endpoints,
    },
    ...more,
  }
}
