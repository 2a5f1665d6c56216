import type { AlertCause } from '#domain/alerts/rule.ts'

/** How a person names what alerts are of. */
export const causeNames = {
  leadership: 'Lead',
  member: 'Members',
  replication: 'Replication',
  consensus: 'etcd',
  routing: 'HAProxy',
  pooling: 'pgBouncer',
  capacity: 'Room',
  workload: 'Sessions',
  backup: 'Backups',
  console: 'The console itself',
} as const satisfies Record<AlertCause, string>
