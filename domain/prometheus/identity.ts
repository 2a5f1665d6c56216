import type { FactScope } from '#domain/alerts/rule.ts'

/** The labels that name one subject of a scope, in their order; a slot or database of whoever leads goes with the lead. */
export const identityLabels = {
  cluster: ['cluster'],
  member: ['cluster', 'member'],
  pool: ['cluster', 'member', 'database', 'user'],
  slot: ['cluster', 'slot'],
  database: ['cluster', 'database'],
  'etcd-member': ['cluster', 'etcd_member'],
  repository: ['cluster', 'repository'],
  console: ['cluster'],
} as const satisfies Record<FactScope, readonly string[]>
