import type { ClusterMetric, MemberMetric } from '#domain/samples/metrics.ts'

/** A part of the page: what belongs together is asked for together. */
export interface HistorySection {
  id: SectionId
  title: string
  charts: readonly HistoryChart[]
  /** What would be here where nothing was seen. */
  empty: string
}

export type SectionId = 'replication' | 'sessions' | 'throughput' | 'pools' | 'traffic' | 'etcd' | 'storage' | 'backups'

/** One chart: a metric of each member, or of the cluster. */
export type HistoryChart = { title: string; atLeast?: number } & (
  | { kind: 'member'; metric: MemberMetric }
  | { kind: 'cluster'; metric: ClusterMetric }
)

const ofMembers = (metric: MemberMetric, title: string, atLeast?: number): HistoryChart => ({
  kind: 'member',
  metric,
  title,
  ...(atLeast === undefined ? {} : { atLeast }),
})
const ofCluster = (metric: ClusterMetric, title: string): HistoryChart => ({ kind: 'cluster', metric, title })

/** All of the page, from what an engineer asks first to what seldom moves. */
export const historySections: readonly HistorySection[] = [
  {
    id: 'replication',
    title: 'Replication',
    empty: 'How far each replica is behind the leader, and how much WAL is written, once its members answer.',
    charts: [
      ofMembers('replayLagSeconds', 'Replay behind the leader'),
      ofMembers('replayLagBytes', 'Not yet replayed'),
      ofMembers('walBytesPerSecond', 'WAL written'),
      ofMembers('receiveLagBytes', 'Not yet received'),
      ofCluster('candidates', 'Members that could take over'),
      ofCluster('membersRunning', 'Members that run'),
    ],
  },
  {
    id: 'sessions',
    title: 'Sessions',
    empty: 'Connections by state and the longest transactions, once the console may ask Postgres itself.',
    charts: [
      ofMembers('clients', 'Client connections'),
      ofMembers('connectionUse', 'Connections of the limit', 1),
      ofMembers('clientsActive', 'Active'),
      ofMembers('clientsIdleInTransaction', 'Idle in transaction'),
      ofMembers('waitingOnLock', 'Waiting for a lock'),
      ofMembers('waitingOnSync', 'Waiting for a synchronous standby'),
      ofMembers('longestTransactionSeconds', 'Longest transaction'),
      ofMembers('longestIdleInTransactionSeconds', 'Longest idle in transaction'),
    ],
  },
  {
    id: 'throughput',
    title: 'Throughput',
    empty: 'Transactions, rows and blocks a second, once the console may ask Postgres itself.',
    charts: [
      ofMembers('commitsPerSecond', 'Commits'),
      ofMembers('rollbacksPerSecond', 'Rollbacks'),
      ofMembers('rowsWrittenPerSecond', 'Rows written'),
      ofMembers('rowsReturnedPerSecond', 'Rows read'),
      ofMembers('blocksHitPerSecond', 'Blocks found in cache'),
      ofMembers('blocksReadPerSecond', 'Blocks read'),
      ofMembers('tempBytesPerSecond', 'Temporary files'),
      ofMembers('deadlocksPerSecond', 'Deadlocks'),
      ofMembers('checkpointsTimedPerSecond', 'Checkpoints by time'),
      ofMembers('checkpointsRequestedPerSecond', 'Checkpoints by request'),
    ],
  },
  {
    id: 'pools',
    title: 'Pools',
    empty: 'How full the pools are and who waits, once the console may ask pgBouncer on the nodes.',
    charts: [
      ofMembers('poolBusy', 'Fullest pool in use', 1),
      ofMembers('poolClientsWaiting', 'Clients waiting for a server'),
      ofMembers('poolMaxWaitSeconds', 'Longest wait for a server'),
      ofMembers('poolWaitSecondsPerSecond', 'Time spent waiting for a server'),
      ofMembers('poolClientsActive', 'Clients at the pooler'),
      ofMembers('poolClientUse', 'Pooler clients of the limit', 1),
      ofMembers('poolServersActive', 'Pooled servers in use'),
      ofMembers('poolServersIdle', 'Pooled servers idle'),
      ofMembers('poolTransactionsPerSecond', 'Transactions through the pooler'),
      ofMembers('poolQueriesPerSecond', 'Queries through the pooler'),
    ],
  },
  {
    id: 'traffic',
    title: 'Traffic',
    empty: 'Sessions and bytes by member, once the console reads the status page of HAProxy.',
    charts: [
      ofCluster('haproxySessions', 'Sessions at HAProxy'),
      ofCluster('haproxyQueued', 'Sessions queued at HAProxy'),
      ofMembers('haproxySessions', 'Sessions from HAProxy'),
      ofCluster('haproxyPrimaryServers', 'Servers that take writes'),
      ofMembers('haproxyBytesInPerSecond', 'From clients'),
      ofMembers('haproxyBytesOutPerSecond', 'To clients'),
    ],
  },
  {
    id: 'etcd',
    title: 'etcd',
    empty: 'Whether etcd answers and how quickly, once the cluster’s etcd is known to the console.',
    charts: [
      ofCluster('etcdAnswerMs', 'Slowest answer'),
      ofCluster('etcdMembersUp', 'Members that answer'),
      ofCluster('etcdDbBytes', 'Size'),
      ofCluster('etcdHasQuorum', 'Has quorum'),
    ],
  },
  {
    id: 'storage',
    title: 'Storage',
    empty: 'Sizes, free space and what holds WAL and old rows, once the console may ask Postgres itself.',
    charts: [
      ofMembers('databaseBytes', 'Size of the databases'),
      ofMembers('dataFreeBytes', 'Free space beside the data'),
      ofMembers('walFolderBytes', 'Size of pg_wal'),
      ofMembers('slotRetainedBytes', 'WAL held by slots'),
      ofMembers('xidAge', 'Oldest transaction id'),
      ofMembers('horizonAge', 'Oldest row version held'),
    ],
  },
  {
    id: 'backups',
    title: 'Backups',
    empty: 'How old the newest backup is and how close to now one can go back, once an agent looks at the backups.',
    charts: [
      ofCluster('backupAgeSeconds', 'Age of the newest backup'),
      ofCluster('recoveryLagSeconds', 'Not yet recoverable'),
      ofMembers('archiveQueue', 'WAL waiting for the archive'),
      ofMembers('archivedPerSecond', 'WAL files archived'),
      ofMembers('archiveFailuresPerSecond', 'Failed tries to archive'),
    ],
  },
]
