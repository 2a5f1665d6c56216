/** Something that changed, told once: what, from what, to what, seen by which source. */
export interface ClusterEvent {
  kind: EventKind
  at: Date
  member: string | null
  severity: 'critical' | 'warning' | 'info'
  sentence: string
  from: string | null
  to: string | null
  /** e.g. `etcd`, `patroni pg-node-1`, `sql pg-node-2`, `console`. */
  sources: string[]
}

/** An event as kept: ids grow with time over all clusters. */
export interface StoredEvent extends ClusterEvent {
  id: number
  clusterId: string
  clusterName: string
  operationId: string | null
}

export type EventKind =
  | 'cluster-added'
  | 'leader-changed'
  | 'leader-lost'
  | 'leader-writable'
  | 'leader-not-writable'
  | 'member-joined'
  | 'member-lost'
  | 'member-returned'
  | 'member-unreachable'
  | 'member-reachable'
  | 'state-changed'
  | 'timeline-changed'
  | 'replica-lagging'
  | 'replica-caught-up'
  | 'split-brain'
  | 'split-brain-ended'
  | 'unmanaged-primary'
  | 'paused'
  | 'resumed'
  | 'pending-restart'
  | 'pending-restart-cleared'
  | 'switchover-scheduled'
  | 'switchover-unscheduled'
  | 'sync-standbys-changed'
  | 'config-changed'
  | 'failsafe-started'
  | 'failsafe-ended'
  | 'etcd-quorum-lost'
  | 'etcd-quorum-returned'
  | 'etcd-member-lost'
  | 'etcd-member-returned'
  | 'haproxy-lost'
  | 'haproxy-returned'
  | 'route-changed'
  | 'verdict-changed'
  | 'console-blind'
  | 'console-sees'
  | 'operation-ended'
  | 'approval-asked'
  | 'approval-given'
  | 'glass-broken'
  | 'policy-weakened'
  | 'run-waiting'
  | 'run-missed'
  | 'alert-fired'
  | 'alert-resolved'
  | 'maintenance-started'
  | 'maintenance-ending'
  | 'maintenance-ended'
  | AgentEventKind

export type AgentEventKind =
  | 'agent-enrolled'
  | 'agent-turned-away'
  | 'agent-unreachable'
  | 'agent-reachable'
  | 'agent-refused-request'
  | 'agent-certificate-changed'
  | 'agent-cloned'
  | 'agent-clock-skewed'
  | 'agent-clock-right'
  | 'audit-log-disputed'
