import type { SetupCheck } from '#domain/setup/setup-finding.ts'

/** How a person names the layers. */
export const layerNames = {
  patroni: 'Patroni',
  postgres: 'Postgres',
  pgbouncer: 'pgBouncer',
  haproxy: 'HAProxy',
  etcd: 'etcd',
  pgbackrest: 'pgBackRest',
  console: 'Matriarch',
} as const satisfies Record<SetupCheck['layer'], string>
