/** A rule as data. Its expression is read by the rules' own small language over the facts of one scope. */
export interface AlertRule {
  /** Stable: part of an alert's identity. */
  id: string
  title: string
  scope: FactScope
  /** Names facts of its scope, `$name` its parameters: `replayLagSeconds > $seconds and role == "replica"`. A fact that is not known makes it unknown. */
  expression: string
  /** Numbers that a person may change for each cluster, with what they mean. */
  parameters: Record<string, { value: number; unit: string; title: string }>
  /** How long it must hold before it fires, seconds. */
  forSeconds: number
  /** How long it keeps firing after it no longer holds, seconds. */
  keepFiringSeconds: number
  severity: AlertSeverity
  labels: Record<string, string>
  /** What a page says: `{fact}` and `{$parameter}` are filled in, with their units. */
  summary: string
  /** Path of a runbook below docs/runbooks, without its ending; null = none. */
  runbook: string | null
  /** Alerts of one cause are one incident; a cause that stands above others takes theirs in. */
  cause: AlertCause
}

export type AlertSeverity = 'critical' | 'warning' | 'info'

/** What a rule is asked of: once a cluster, once for each member, ... */
export type FactScope = 'cluster' | 'member' | 'pool' | 'slot' | 'database' | 'etcd-member' | 'repository' | 'console'

export type AlertCause =
  | 'leadership' // no leader, split brain, flapping
  | 'member' // one node is gone or ill
  | 'replication'
  | 'consensus' // etcd
  | 'routing' // HAProxy
  | 'pooling' // pgBouncer
  | 'capacity' // disk, connections, wraparound
  | 'workload' // long transactions, locks
  | 'backup'
  | 'console' // what the console itself cannot do or see

/** What a fact may be; null = not known. */
export type Fact = number | string | boolean | null

/** All facts of one subject at one moment. */
export interface FactRow {
  scope: FactScope
  /** Member, pool, slot, ...; the cluster's name where the scope is the cluster. Never the present leader: an alert follows the role. */
  subject: string
  /** Member it belongs to; null = none. */
  member: string | null
  /** What its subject is made of, where that is more than one name. */
  names?: Readonly<Record<string, string>>
  facts: Readonly<Record<string, Fact>>
}

/** What of a rule a cluster has otherwise than it comes; absent = as it comes. */
export interface RuleOverride {
  ruleId: string
  isEnabled?: boolean
  parameters?: Record<string, number>
  forSeconds?: number
  keepFiringSeconds?: number
  severity?: AlertSeverity
}
