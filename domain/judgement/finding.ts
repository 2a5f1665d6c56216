/** A named analysis of a snapshot; the name is stable, the sentence is for people. */
export interface Finding {
  kind: FindingKind
  severity: 'critical' | 'warning' | 'info'
  /** Member it speaks of; null = the cluster. */
  member: string | null
  sentence: string
  /** What a person may do next. */
  advice: string
}

export type FindingKind =
  | 'no-leader' // leader key absent
  | 'leader-not-running' // key held by a member whose Postgres does not run
  | 'leader-not-writable'
  | 'leader-silent' // leader still listed, but its Patroni does not answer: lease running out
  | 'split-brain' // two members take writes
  | 'unmanaged-primary' // Patroni dead, Postgres takes writes
  | 'views-differ' // a member's own view contradicts the DCS
  | 'roles-differ' // Patroni's role of a member contradicts the leader key
  | 'sql-differs' // pg_is_in_recovery() contradicts the key and Patroni both
  | 'member-missing'
  | 'member-unreachable'
  | 'member-not-running'
  | 'replica-not-streaming'
  | 'replica-lagging' // past maximum_lag_on_failover
  | 'timeline-differs'
  | 'no-candidate'
  | 'one-candidate'
  | 'paused'
  | 'pending-restart'
  | 'switchover-scheduled'
  | 'sync-standby-missing'
  | 'failsafe-active'
  | 'watchdog-failed'
  | 'etcd-no-quorum'
  | 'etcd-member-down'
  | 'etcd-alarm'
  | 'etcd-unseen' // configured, but the console cannot reach it
  | 'haproxy-no-primary'
  | 'haproxy-disagrees' // sends writes to another than the leader, and has done so for seconds
  | 'haproxy-unseen'
  | 'pooler-down'
  | 'pooler-misleads' // sends a database to a member that does not lead
  | 'console-blind' // the console reaches nothing
  | 'console-stale' // the collector has stopped looking
  | 'system-identifier-differs'
