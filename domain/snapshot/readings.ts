import type { DcsKeys, EtcdEndpointStatus } from './dcs.ts'
import type { HistoryLine, PatroniClusterView, PatroniConfig, PatroniStatus } from './patroni.ts'
import type { Seen } from './reading.ts'

/** Everything the console knows of one cluster from its looks so far: the input of a snapshot. */
export interface ClusterReadings {
  clusterId: string
  clusterName: string
  /** Members this console asks, by the name they gave themselves or, before they answered, by their address. */
  members: MemberReadings[]
  /** Null where the cluster has no etcd that this console was told of. */
  etcd: EtcdReadings | null
  /** Null where no HAProxy statistics address is configured. */
  haproxy: Seen<HaproxyStatus> | null
  config: Seen<PatroniConfig>
  history: Seen<HistoryLine[]>
}

export interface MemberReadings {
  name: string
  /** Base address of the REST API as this console reaches it, e.g. http://10.0.1.10:8008. */
  apiUrl: string
  status: Seen<PatroniStatus>
  /** This member's own idea of the cluster. */
  clusterView: Seen<PatroniClusterView>
  /** Null where the console has no SQL credentials. */
  postgres: Seen<PostgresStatus> | null
  /** Null where no pooler was ever found beside this member. */
  pooler: Seen<PoolerStatus> | null
}

export interface EtcdReadings {
  keys: Seen<DcsKeys>
  /** A linearizable read: its success proves quorum. */
  quorum: Seen<{ revision: string }>
  endpoints: { url: string; status: Seen<EtcdEndpointStatus> }[]
}

/** What SQL on the member itself says; the only truth when its Patroni is gone. */
export interface PostgresStatus {
  inRecovery: boolean
  timeline: number | null
  systemIdentifier: string | null
  /** The longest running transaction of a client. */
  longestTransaction: { seconds: number; pid: number; application: string; user: string } | null
  /** A base backup is running from this server. */
  backupRunning: boolean
}

export interface PoolerStatus {
  port: number
}

export interface HaproxyStatus {
  backends: HaproxyBackend[]
}

export interface HaproxyBackend {
  name: string
  /** Sessions open now over all servers. */
  sessions: number
  servers: { name: string; address: string | null; isUp: boolean; status: string; check: string; sessions: number }[]
}
