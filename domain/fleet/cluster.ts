/** A cluster as registered; secrets are never part of it. */
export interface ClusterConfig {
  id: string
  name: string
  labels: string[]
  scope: string | null
  systemIdentifier: string | null
  endpoints: ClusterEndpoints
  createdAt: Date
}

/** Where and how the console looks. Credentials go to these hosts only, never to an address learned from a cluster. */
export interface ClusterEndpoints {
  /** REST addresses of the members, e.g. http://10.0.1.10:8008; confirmed by a person. */
  patroniUrls: string[]
  patroniUser: string | null
  hasPatroniPassword: boolean
  /** PEM; null = the system's authorities. */
  caPem: string | null
  etcdUrls: string[]
  etcdUser: string | null
  hasEtcdPassword: boolean
  /** DCS namespace, normally /service. */
  etcdNamespace: string
  /** Statistics page, e.g. http://10.0.1.30:7000/. */
  haproxyUrl: string | null
  haproxyUser: string | null
  hasHaproxyPassword: boolean
  postgresUser: string | null
  hasPostgresPassword: boolean
  postgresDatabase: string
  /** Port of the pooler beside each member; null = none. */
  poolerPort: number | null
}

/** Names of the secrets a cluster may have. */
export type ClusterSecretName = 'patroni-password' | 'etcd-password' | 'haproxy-password' | 'postgres-password'

/** What a person types to add a cluster or change it. */
export interface ClusterDraft {
  name: string
  labels: string[]
  /** One is enough: the other members are found from it. */
  patroniUrls: string[]
  patroniUser: string | null
  caPem: string | null
  etcdUrls: string[]
  etcdUser: string | null
  etcdNamespace: string
  haproxyUrl: string | null
  haproxyUser: string | null
  postgresUser: string | null
  postgresDatabase: string
  poolerPort: number | null
  /** Newly typed secrets by name; a name that is absent keeps what is stored. */
  secrets: Partial<Record<ClusterSecretName, string>>
}

/** What looking at a draft brought. */
export interface Discovery {
  /** All that stands in the way of adding it, by field; empty = it can be added. */
  errors: { field: keyof ClusterDraft | `secrets.${ClusterSecretName}`; sentence: string }[]
  scope: string | null
  systemIdentifier: string | null
  isStandbyCluster: boolean
  patroniVersion: string | null
  members: { name: string; apiUrl: string; role: string; state: string; problem: string | null }[]
  endpoints: {
    system: 'patroni' | 'etcd' | 'haproxy' | 'postgres' | 'pooler'
    address: string
    problem: string | null
    detail: string
  }[]
}

/** What the web tier asks a worker with an inquiry of kind `discover`; newly typed secrets go beside it, sealed. */
export interface DiscoverQuestion {
  /** Its `secrets` are empty. */
  draft: ClusterDraft
  /** The registered cluster whose kept secrets stand in for those not typed anew; null = a new cluster. */
  clusterId: string | null
}
