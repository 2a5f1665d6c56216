/** What is sampled of a subject: `gauge` as it is, `rate` per second since the sample before. Names are those of the facts that rules read. */
export interface Metric {
  name: string
  kind: 'gauge' | 'rate'
  unit: 'bytes' | 'bytes/s' | 'seconds' | 'count' | '1/s' | 'ratio' | 'boolean' | 'transactions' | 'ms'
  title: string
}

export type SubjectKind = 'member' | 'cluster'

/**
 * The columns of a sample, by the kind of its subject. The place in the list is the place in what is stored: only ever append, never
 * remove or move; what a version does not know is null.
 */
export const metrics = {
  member: [
    { name: 'isLeader', kind: 'gauge', unit: 'boolean', title: 'leads' },
    { name: 'isRunning', kind: 'gauge', unit: 'boolean', title: 'Postgres runs' },
    { name: 'timeline', kind: 'gauge', unit: 'count', title: 'timeline' },
    { name: 'walBytesPerSecond', kind: 'rate', unit: 'bytes/s', title: 'WAL written' },
    { name: 'replayBytesPerSecond', kind: 'rate', unit: 'bytes/s', title: 'WAL replayed' },
    { name: 'receiveLagBytes', kind: 'gauge', unit: 'bytes', title: 'not yet received' },
    { name: 'replayLagBytes', kind: 'gauge', unit: 'bytes', title: 'not yet replayed' },
    { name: 'replayLagSeconds', kind: 'gauge', unit: 'seconds', title: 'replay behind the leader' },
    { name: 'writeLagSeconds', kind: 'gauge', unit: 'seconds', title: 'write lag' },
    { name: 'flushLagSeconds', kind: 'gauge', unit: 'seconds', title: 'flush lag' },
    { name: 'clients', kind: 'gauge', unit: 'count', title: 'client connections' },
    { name: 'clientsActive', kind: 'gauge', unit: 'count', title: 'active' },
    { name: 'clientsIdle', kind: 'gauge', unit: 'count', title: 'idle' },
    { name: 'clientsIdleInTransaction', kind: 'gauge', unit: 'count', title: 'idle in transaction' },
    { name: 'connectionUse', kind: 'gauge', unit: 'ratio', title: 'connections of the limit' },
    { name: 'waitingOnLock', kind: 'gauge', unit: 'count', title: 'waiting for a lock' },
    { name: 'waitingOnSync', kind: 'gauge', unit: 'count', title: 'waiting for a synchronous standby' },
    { name: 'longestTransactionSeconds', kind: 'gauge', unit: 'seconds', title: 'longest transaction' },
    { name: 'longestIdleInTransactionSeconds', kind: 'gauge', unit: 'seconds', title: 'longest idle in transaction' },
    { name: 'commitsPerSecond', kind: 'rate', unit: '1/s', title: 'commits' },
    { name: 'rollbacksPerSecond', kind: 'rate', unit: '1/s', title: 'rollbacks' },
    { name: 'deadlocksPerSecond', kind: 'rate', unit: '1/s', title: 'deadlocks' },
    { name: 'tempBytesPerSecond', kind: 'rate', unit: 'bytes/s', title: 'temporary files' },
    { name: 'blocksReadPerSecond', kind: 'rate', unit: '1/s', title: 'blocks read' },
    { name: 'blocksHitPerSecond', kind: 'rate', unit: '1/s', title: 'blocks found in cache' },
    { name: 'rowsWrittenPerSecond', kind: 'rate', unit: '1/s', title: 'rows written' },
    { name: 'rowsReturnedPerSecond', kind: 'rate', unit: '1/s', title: 'rows read' },
    { name: 'checkpointsTimedPerSecond', kind: 'rate', unit: '1/s', title: 'checkpoints by time' },
    { name: 'checkpointsRequestedPerSecond', kind: 'rate', unit: '1/s', title: 'checkpoints by request' },
    { name: 'checkpointWriteSecondsPerSecond', kind: 'rate', unit: 'ratio', title: 'time in checkpoint writes' },
    { name: 'databaseBytes', kind: 'gauge', unit: 'bytes', title: 'size of the databases' },
    { name: 'walFolderBytes', kind: 'gauge', unit: 'bytes', title: 'size of pg_wal' },
    { name: 'slotRetainedBytes', kind: 'gauge', unit: 'bytes', title: 'WAL held by slots' },
    { name: 'xidAge', kind: 'gauge', unit: 'transactions', title: 'oldest transaction id' },
    { name: 'horizonAge', kind: 'gauge', unit: 'transactions', title: 'oldest row version held' },
    { name: 'archiveQueue', kind: 'gauge', unit: 'count', title: 'WAL waiting for the archive' },
    { name: 'archivedPerSecond', kind: 'rate', unit: '1/s', title: 'WAL files archived' },
    { name: 'archiveFailuresPerSecond', kind: 'rate', unit: '1/s', title: 'failed tries to archive' },
    { name: 'dataFreeBytes', kind: 'gauge', unit: 'bytes', title: 'free space beside the data' },
    { name: 'poolClientsActive', kind: 'gauge', unit: 'count', title: 'clients at the pooler' },
    { name: 'poolClientsWaiting', kind: 'gauge', unit: 'count', title: 'clients waiting for a server' },
    { name: 'poolServersActive', kind: 'gauge', unit: 'count', title: 'pooled servers in use' },
    { name: 'poolServersIdle', kind: 'gauge', unit: 'count', title: 'pooled servers idle' },
    { name: 'poolBusy', kind: 'gauge', unit: 'ratio', title: 'fullest pool in use' },
    { name: 'poolMaxWaitSeconds', kind: 'gauge', unit: 'seconds', title: 'longest wait for a server' },
    { name: 'poolClientUse', kind: 'gauge', unit: 'ratio', title: 'pooler clients of the limit' },
    { name: 'poolTransactionsPerSecond', kind: 'rate', unit: '1/s', title: 'transactions through the pooler' },
    { name: 'poolQueriesPerSecond', kind: 'rate', unit: '1/s', title: 'queries through the pooler' },
    { name: 'poolWaitSecondsPerSecond', kind: 'rate', unit: 'ratio', title: 'time spent waiting for a server' },
    { name: 'haproxySessions', kind: 'gauge', unit: 'count', title: 'sessions from HAProxy' },
    { name: 'haproxyBytesInPerSecond', kind: 'rate', unit: 'bytes/s', title: 'from clients by HAProxy' },
    { name: 'haproxyBytesOutPerSecond', kind: 'rate', unit: 'bytes/s', title: 'to clients by HAProxy' },
  ],
  cluster: [
    { name: 'hasLeader', kind: 'gauge', unit: 'boolean', title: 'has a leader' },
    { name: 'level', kind: 'gauge', unit: 'count', title: 'verdict: 0 healthy to 4 unseen' },
    { name: 'membersRunning', kind: 'gauge', unit: 'count', title: 'members that run' },
    { name: 'candidates', kind: 'gauge', unit: 'count', title: 'who could take over' },
    { name: 'worstLagBytes', kind: 'gauge', unit: 'bytes', title: 'lag of the worst replica' },
    { name: 'isPaused', kind: 'gauge', unit: 'boolean', title: 'paused' },
    { name: 'etcdMembersUp', kind: 'gauge', unit: 'count', title: 'etcd members that answer' },
    { name: 'etcdHasQuorum', kind: 'gauge', unit: 'boolean', title: 'etcd has quorum' },
    { name: 'etcdDbBytes', kind: 'gauge', unit: 'bytes', title: 'size of etcd' },
    { name: 'etcdAnswerMs', kind: 'gauge', unit: 'ms', title: 'slowest answer of etcd' },
    { name: 'haproxySessions', kind: 'gauge', unit: 'count', title: 'sessions at HAProxy' },
    { name: 'haproxyPrimaryServers', kind: 'gauge', unit: 'count', title: 'servers that take writes at HAProxy' },
    { name: 'haproxyQueued', kind: 'gauge', unit: 'count', title: 'sessions queued at HAProxy' },
    { name: 'backupAgeSeconds', kind: 'gauge', unit: 'seconds', title: 'age of the newest backup' },
    { name: 'recoveryLagSeconds', kind: 'gauge', unit: 'seconds', title: 'not yet recoverable' },
  ],
} as const satisfies Record<SubjectKind, readonly Metric[]>

export type MemberMetric = (typeof metrics.member)[number]['name']
export type ClusterMetric = (typeof metrics.cluster)[number]['name']

/** One sweep of one subject; a value that was not seen is null, never zero. */
export interface Sample {
  subject: { kind: 'member'; name: string } | { kind: 'cluster' }
  at: Date
  /** In the order of `metrics`. */
  values: (number | null)[]
}
