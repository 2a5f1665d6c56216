import { paths } from '#components/paths.ts'
import type { AlertCause } from '#domain/alerts/rule.ts'
import type { Capability } from '#domain/operation/capability.ts'
import type { Permission } from '#domain/people/permission.ts'

/** What may be done about an incident, and where; with a reason it cannot be done now. */
export interface RunbookAct {
  label: string
  href: string
  /** The act that moves the lead. */
  isLead: boolean
  reason: string | null
}

interface Given {
  causes: readonly AlertCause[]
  cluster: string
  may: (permission: Permission) => boolean
  /** Null where the cluster is not in view. */
  capabilities: readonly Capability[] | null
}

/** The acts that may mend what an incident is of, each leading to where it is done; for who only reads, the pages alone. */
export function runbookActs({ causes, cluster, may, capabilities }: Given): RunbookAct[] {
  const found = [...new Set(causes.flatMap((cause) => remedies[cause]))]
  return found.flatMap((name): RunbookAct[] => {
    const { label, href, permission } = acts[name]
    if (permission !== null && !may(permission)) return []
    if (name !== 'switchover' && name !== 'failover')
      return [{ label, href: href(cluster), isLead: false, reason: null }]
    const reason = whyNot(capabilities, name)
    // Offered where nobody works as leader; where somebody does, a switchover is what helps.
    if (name === 'failover' && reason !== null) return []
    return [{ label, href: href(cluster), isLead: true, reason }]
  })
}

function whyNot(capabilities: readonly Capability[] | null, wanted: Capability['act']): string | null {
  const known = capabilities?.find(({ act }) => act === wanted)
  if (!known) return 'How the cluster stands is not in view.'
  return known.isEnabled ? null : (known.reason ?? 'Not possible now.')
}

type Remedy = keyof typeof acts

const acts = {
  switchover: {
    label: 'Switch over',
    permission: 'switchover.request',
    href: (name) => paths.cluster(name, 'switchover'),
  },
  failover: {
    label: 'Fail over',
    permission: 'failover.request',
    href: (name) => paths.cluster(name, 'failover'),
  },
  reinitialise: {
    label: 'Reinitialise a replica',
    permission: 'replica.reinitialise',
    href: (name) => paths.cluster(name, 'reinitialise'),
  },
  backUp: { label: 'Back up', permission: 'backup.request', href: (name) => paths.clusterBackups(name, 'back-up') },
  rehearse: {
    label: 'Rehearse',
    permission: 'rehearsal.request',
    href: (name) => paths.clusterBackups(name, 'rehearse'),
  },
  recover: { label: 'Go back in time', permission: 'restore.request', href: (name) => paths.restore(name) },
  poolers: { label: 'Resume poolers', permission: 'traffic.command', href: (name) => paths.clusterPools(name) },
  sessions: { label: 'End sessions', permission: 'sessions.end', href: (name) => paths.clusterPostgres(name) },
  traffic: { label: 'Traffic', permission: null, href: (name) => paths.clusterTraffic(name) },
  agents: { label: 'Agents', permission: null, href: (name) => paths.clusterAgents(name) },
  setup: { label: 'Set-up', permission: null, href: (name) => paths.clusterSetup(name) },
  history: { label: 'History', permission: null, href: (name) => paths.clusterHistory(name) },
  overview: { label: 'Overview', permission: null, href: (name) => paths.cluster(name) },
} as const satisfies Record<string, { label: string; permission: Permission | null; href: (name: string) => string }>

const remedies = {
  leadership: ['failover', 'switchover', 'overview'],
  member: ['reinitialise', 'overview', 'agents'],
  replication: ['reinitialise', 'overview', 'history'],
  consensus: ['traffic'],
  routing: ['traffic', 'setup'],
  pooling: ['poolers', 'sessions', 'setup'],
  capacity: ['sessions', 'history'],
  workload: ['sessions', 'history'],
  backup: ['backUp', 'rehearse', 'recover'],
  console: ['agents', 'setup'],
} as const satisfies Record<AlertCause, readonly Remedy[]>
