import type { EventKind } from '#domain/event.ts'

export type EventFamily =
  | 'lead'
  | 'members'
  | 'replication'
  | 'settings'
  | 'etcd'
  | 'routing'
  | 'verdict'
  | 'agents'
  | 'alerts'
  | 'console'

/** The families as a filter offers them. */
export const eventFamilies = [
  { value: 'lead', label: 'Lead and writes' },
  { value: 'members', label: 'Members' },
  { value: 'replication', label: 'Replication' },
  { value: 'settings', label: 'Settings and plans' },
  { value: 'etcd', label: 'etcd' },
  { value: 'routing', label: 'HAProxy' },
  { value: 'verdict', label: 'Verdicts' },
  { value: 'agents', label: 'Agents' },
  { value: 'alerts', label: 'Alerts' },
  { value: 'console', label: 'The console itself' },
] as const satisfies readonly { value: EventFamily; label: string }[]

/** The kinds a filter stands for: those of a family, or the one it names; null = it names none. */
export function kindsOf(what: string): EventKind[] | null {
  const kinds = allKinds.filter((kind) => familyOf[kind] === what || kind === what)
  return kinds.length === 0 ? null : kinds
}

const familyOf = {
  'leader-changed': 'lead',
  'leader-lost': 'lead',
  'leader-writable': 'lead',
  'leader-not-writable': 'lead',
  'split-brain': 'lead',
  'split-brain-ended': 'lead',
  'unmanaged-primary': 'lead',
  'timeline-changed': 'lead',
  'operation-ended': 'lead',
  'approval-asked': 'settings',
  'approval-given': 'settings',
  'glass-broken': 'settings',
  'policy-weakened': 'settings',
  'run-waiting': 'settings',
  'run-missed': 'settings',
  'failsafe-started': 'lead',
  'failsafe-ended': 'lead',
  'member-joined': 'members',
  'member-lost': 'members',
  'member-returned': 'members',
  'member-unreachable': 'members',
  'member-reachable': 'members',
  'state-changed': 'members',
  'replica-lagging': 'replication',
  'replica-caught-up': 'replication',
  'sync-standbys-changed': 'replication',
  paused: 'settings',
  resumed: 'settings',
  'pending-restart': 'settings',
  'pending-restart-cleared': 'settings',
  'switchover-scheduled': 'settings',
  'switchover-unscheduled': 'settings',
  'config-changed': 'settings',
  'etcd-quorum-lost': 'etcd',
  'etcd-quorum-returned': 'etcd',
  'etcd-member-lost': 'etcd',
  'etcd-member-returned': 'etcd',
  'haproxy-lost': 'routing',
  'haproxy-returned': 'routing',
  'route-changed': 'routing',
  'verdict-changed': 'verdict',
  'agent-enrolled': 'agents',
  'agent-turned-away': 'agents',
  'agent-unreachable': 'agents',
  'agent-reachable': 'agents',
  'agent-refused-request': 'agents',
  'agent-certificate-changed': 'agents',
  'agent-cloned': 'agents',
  'agent-clock-skewed': 'agents',
  'agent-clock-right': 'agents',
  'audit-log-disputed': 'agents',
  'alert-fired': 'alerts',
  'alert-resolved': 'alerts',
  'maintenance-started': 'alerts',
  'maintenance-ending': 'alerts',
  'maintenance-ended': 'alerts',
  'cluster-added': 'console',
  'console-blind': 'console',
  'console-sees': 'console',
} as const satisfies Record<EventKind, EventFamily>

const allKinds = Object.keys(familyOf).filter(isKind)

function isKind(name: string): name is EventKind {
  return name in familyOf
}
