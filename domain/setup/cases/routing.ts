import {
  all,
  etcd,
  endpoints,
  given,
  noEtcd,
  noHaproxy,
  noPostgres,
  noPooler,
  noPoolerConfig,
  pooler,
  poolerConfig,
  poolerDatabase,
  server,
  setting,
  snapshotOf,
  withoutServer,
} from '#domain/testing/setup-changed.ts'
import { madePoolerUser } from '#domain/testing/pooler-made.ts'
import type { RuleCase } from './rule-case.ts'

export const pgbouncerCases: RuleCase[] = [
  {
    rule: 'pgbouncer-pools-fit-postgres',
    fails: poolerDatabase({ poolSize: 400, maxConnections: 0 }),
    says: /^Connections beyond 197 are refused/,
    unseen: noPooler('pg-node-1'),
  },
  {
    // Each fits, but all go by one address and so to one Postgres.
    rule: 'pgbouncer-pools-fit-postgres',
    fails: poolerDatabase({ host: '10.0.1.30', port: 5000, poolSize: 90, maxConnections: 0 }),
    says: /^Connections beyond 197 are refused/,
    unseen: noPooler(),
    passes: poolerDatabase({ poolSize: 90, maxConnections: 0 }),
  },
  {
    rule: 'pgbouncer-pools-fit-postgres',
    fails: setting('reserved_connections', '180'),
    says: /^Connections beyond 17 are refused/,
    unseen: noPooler('pg-node-2'),
    passes: setting('reserved_connections', '100'),
  },
  {
    rule: 'pgbouncer-pools-fit-postgres',
    fails: all(
      poolerDatabase({ maxConnections: 0 }),
      pooler(() => ({ users: [madePoolerUser({ poolSize: 300 })] })),
    ),
    unseen: noPooler(),
    passes: all(
      poolerDatabase({ maxConnections: 0, poolSize: 400 }),
      pooler(() => ({ users: [madePoolerUser({ poolSize: 20 })] })),
    ),
  },
  {
    rule: 'pgbouncer-pools-fit-postgres',
    fails: poolerDatabase({ maxConnections: 0, poolSize: 0 }),
    unseen: noPostgres('pg-node-1'),
    passes: poolerDatabase({ maxConnections: 50, poolSize: 0 }),
  },
  {
    rule: 'pgbouncer-client-limit',
    fails: poolerConfig('max_client_conn', '100'),
    says: /^Clients beyond 100 get an error/,
    unseen: noPoolerConfig,
  },
  {
    rule: 'pgbouncer-login-retry',
    fails: poolerConfig('server_login_retry', '15'),
    says: /^Up to 15 s of errors/,
    unseen: noPooler(),
  },
  { rule: 'pgbouncer-wait-ends', fails: poolerConfig('query_wait_timeout', '0'), unseen: noPooler('pg-node-2') },
  { rule: 'pgbouncer-wait-ends', fails: poolerConfig('query_wait_timeout', '3'), unseen: noPoolerConfig },
  {
    rule: 'pgbouncer-equal',
    fails: poolerConfig('default_pool_size', '5', 'pg-node-2'),
    unseen: noPoolerConfig,
    idle: all(noPooler('pg-node-1'), noPooler('pg-node-2')),
  },
  {
    rule: 'pgbouncer-own-port',
    fails: poolerConfig('so_reuseport', '1', 'pg-node-2'),
    says: /^Clients that go on through a pause/,
    unseen: noPoolerConfig,
  },
  {
    rule: 'pgbouncer-follows-the-leader',
    fails: poolerDatabase({ host: '10.0.1.12' }, 'pg-node-1'),
    unseen: noPooler(),
  },
  { rule: 'pgbouncer-statement-mode', fails: poolerDatabase({ mode: 'statement' }), unseen: noPooler() },
  { rule: 'pgbouncer-session-mode', fails: poolerDatabase({ mode: 'session' }), unseen: noPooler('pg-node-3') },
  {
    rule: 'pgbouncer-prepared-statements',
    fails: poolerConfig('max_prepared_statements', '0'),
    unseen: noPoolerConfig,
    idle: poolerDatabase({ mode: 'session' }),
  },
  {
    rule: 'pgbouncer-authentication',
    fails: poolerConfig('auth_type', 'trust'),
    says: /^All data/,
    unseen: noPoolerConfig,
  },
  { rule: 'pgbouncer-kill-client', fails: pooler(() => ({ version: 'PgBouncer 1.24.1' })), unseen: noPooler() },
]

export const haproxyCases: RuleCase[] = [
  {
    rule: 'haproxy-shuts-sessions',
    fails: server('pg-node-1', { sessions: 12, changedSeconds: 60 }),
    unseen: given({}),
    passes: null,
  },
  { rule: 'haproxy-asks-patroni', fails: server('pg-node-1', { check: 'L4OK', isUp: true }), unseen: noHaproxy },
  { rule: 'haproxy-knows-all-members', fails: withoutServer('pg-node-1'), unseen: noHaproxy },
  {
    rule: 'haproxy-knows-all-members',
    fails: withoutServer('pg-node-2'),
    unseen: server('pg-node-1', { name: 'a', address: '192.168.0.1:6432' }),
  },
  { rule: 'haproxy-nobody-set-aside', fails: server('pg-node-2', { admin: 'maint' }), unseen: noHaproxy },
  {
    rule: 'haproxy-session-limits',
    fails: server('pg-node-3', { sessionsLimit: 100 }),
    says: /^Sessions beyond 100/,
    unseen: noPooler(),
  },
  { rule: 'haproxy-session-limits', fails: server('pg-node-3', { sessionsLimit: 5000 }), unseen: noHaproxy },
]

const noMember = etcd(() => null)
const noList = etcd(() => ({ name: null }))

export const etcdCases: RuleCase[] = [
  { rule: 'etcd-odd-members', fails: etcd(({ id }) => (id === '3' ? null : {})), unseen: noList },
  {
    rule: 'etcd-three-members',
    fails: etcd(({ id }) => (id === '1' ? {} : null)),
    says: /from 30 s after that/,
    unseen: noEtcd,
  },
  {
    rule: 'etcd-members-started',
    fails: etcd(({ id }) => (id === '3' ? { isUnstarted: true, id: '10276657743932975437' } : {})),
    unseen: noMember,
  },
  {
    rule: 'etcd-versions-equal',
    fails: etcd(({ id }) => (id === '3' ? { version: '3.4.23' } : {})),
    unseen: etcd(({ id }) => (id === '3' ? { version: null } : {})),
  },
  { rule: 'etcd-members-known', fails: etcd(({ id }) => (id === '3' ? { url: null } : {})), unseen: noMember },
  {
    rule: 'etcd-room',
    fails: etcd(({ id }) => (id === '3' ? { dbSizeBytes: 2_000_000_000 } : {})),
    unseen: etcd(({ id }) => (id === '3' ? { dbSizeBytes: null } : {})),
  },
  {
    rule: 'etcd-authentication',
    fails: endpoints({ etcdUser: null }),
    unseen: all(endpoints({ etcdUser: null }), snapshotOf({ etcd: null })),
    passes: null,
  },
  { rule: 'etcd-three-members', fails: etcd(({ id }) => (id === '1' ? {} : null)), unseen: given({ stack: null }) },
]
