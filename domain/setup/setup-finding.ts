/** What a rule on the set-up of a cluster found. */
export interface SetupFinding {
  /** Stable name of the rule. */
  rule: string
  severity: 'critical' | 'warning' | 'info'
  /** Member it speaks of; null = the cluster. */
  member: string | null
  /** What is set, and what is wrong with it. */
  sentence: string
  /** What may come of it, in words. */
  risk: string
  /** What that would cost at worst: data or time. */
  worstCase: string
  /** The fix as it is pasted, and where. */
  fix: { where: string; paste: string } | null
}

/** How a rule came out: what could not be seen is not passed. */
export interface SetupCheck {
  rule: string
  title: string
  layer: 'patroni' | 'postgres' | 'pgbouncer' | 'haproxy' | 'etcd' | 'pgbackrest' | 'console'
  outcome: 'passed' | 'failed' | 'unseen' | 'not-applicable'
  /** Why it could not be seen or does not apply. */
  why: string | null
  findings: SetupFinding[]
}
