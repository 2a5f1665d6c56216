import {
  all,
  dynamic,
  given,
  members,
  noPostgres,
  onlyMembers,
  postgres,
  setting,
  snapshotOf,
} from '#domain/testing/setup-changed.ts'
import type { RuleCase } from './rule-case.ts'

const bySetting = (rule: string, name: string, wrong: string, unit: string | null = null): RuleCase => ({
  rule,
  fails: setting(name, wrong, unit),
  unseen: noPostgres('pg-node-1'),
})

export const postgresCases: RuleCase[] = [
  bySetting('postgres-fsync', 'fsync', 'off'),
  bySetting('postgres-full-page-writes', 'full_page_writes', 'off'),
  bySetting('postgres-data-checksums', 'data_checksums', 'off'),
  bySetting('postgres-autovacuum', 'autovacuum', 'off'),
  { ...bySetting('postgres-synchronous-commit', 'synchronous_commit', 'off'), says: /Up to 0.6 s of writes \(60 kB/ },
  bySetting('postgres-wal-level', 'wal_level', 'minimal'),
  bySetting('postgres-hot-standby', 'hot_standby', 'off'),
  bySetting('postgres-replay-delay', 'max_standby_streaming_delay', '-1', 'ms'),
  bySetting('postgres-archive-on', 'archive_mode', 'off'),
  {
    rule: 'postgres-archive-command',
    fails: postgres(({ archiver }) => ({ archiver: archiver && { ...archiver, command: '/bin/true' } }), 'pg-node-2'),
    unseen: noPostgres('pg-node-1'),
    idle: postgres(() => ({ archiver: null })),
  },
  {
    ...bySetting('postgres-archive-timeout', 'archive_timeout', '0', 's'),
    says: /^Up to 17 MB of writes, about 2 min 48 s at today's rate\.$/,
    idle: setting('archive_mode', 'off'),
  },
  {
    ...bySetting('postgres-slot-limit', 'max_slot_wal_keep_size', '-1', 'MB'),
    says: /^The disk is full 4 d 4 h after a replica is lost/,
    idle: dynamic({ useSlots: false }),
  },
  {
    rule: 'postgres-wal-keep',
    fails: dynamic({ useSlots: false }),
    unseen: all(dynamic({ useSlots: false }), setting('wal_keep_size', '1024', 'MB'), noPostgres('pg-node-1')),
    passes: all(dynamic({ useSlots: false }), setting('wal_keep_size', '1024', 'MB')),
    idle: dynamic({ useSlots: true }),
  },
  bySetting('postgres-enough-senders', 'max_wal_senders', '2'),
  {
    rule: 'postgres-replica-limits',
    fails: setting('max_connections', '100', null, 'pg-node-1'),
    unseen: noPostgres('pg-node-1'),
    idle: onlyMembers('pg-node-3'),
  },
  {
    rule: 'postgres-settings-equal',
    fails: setting('shared_buffers', '131072', '8kB', 'pg-node-2'),
    unseen: noPostgres('pg-node-1'),
    idle: onlyMembers('pg-node-3'),
  },
  {
    rule: 'postgres-versions-equal',
    fails: members({ serverVersion: 150_018 }, 'pg-node-1'),
    unseen: members({ serverVersion: null }, 'pg-node-1'),
  },
  bySetting('postgres-reserved-connections', 'superuser_reserved_connections', '0'),
  bySetting('postgres-idle-in-transaction', 'idle_in_transaction_session_timeout', '0', 'ms'),
  bySetting('postgres-password-encryption', 'password_encryption', 'md5'),
  bySetting('postgres-ssl', 'ssl', 'off'),
  bySetting('postgres-checkpoint-timeout', 'checkpoint_timeout', '3600', 's'),
  {
    rule: 'postgres-wal-size',
    fails: postgres(({ checkpoints }) => ({ checkpoints: checkpoints && { ...checkpoints, requested: 100 } })),
    unseen: postgres(() => ({ checkpoints: null })),
  },
  {
    rule: 'postgres-pending-restart',
    fails: members({ pendingRestart: true }, 'pg-node-2'),
    unseen: members({ seenAt: null }, 'pg-node-2'),
  },
  {
    rule: 'postgres-fsync',
    fails: all(noPostgres(), dynamic({ parameters: { fsync: 'off' } })),
    unseen: given({ stack: null }),
    passes: all(noPostgres(), dynamic({ parameters: { fsync: 'on' } })),
  },
  {
    rule: 'postgres-slot-limit',
    fails: all(setting('max_slot_wal_keep_size', '-1', 'MB'), snapshotOf({ writeRate: null })),
    says: /^No writes once the disk is full/,
    unseen: noPostgres(),
  },
]
