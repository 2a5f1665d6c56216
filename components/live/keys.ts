import type { QueryKey } from '@tanstack/react-query'

/** Where the cache keeps what the live feed speaks of. */
export interface Keys {
  fleet: QueryKey
  cluster: (name: string) => QueryKey
  operation: (id: string) => QueryKey
  /** Every list of events, operations, approvals, backups, rehearsals, alerts, incidents, and what the layers say. */
  events: QueryKey
  backups: QueryKey
  alerts: QueryKey
  maintenance: QueryKey
  incidents: QueryKey
  operations: QueryKey
  approvals: QueryKey
  rehearsals: QueryKey
  stack: QueryKey
}
