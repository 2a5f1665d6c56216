import { notRunning } from '#domain/backup/backup-progress.ts'
import { defaultBackupSchedule } from '#domain/backup/backup-schedule.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { PatroniConfig, PatroniSetup } from '#domain/snapshot/patroni.ts'
import type { SetupInput } from '#domain/setup/setup-input.ts'
import type { EtcdMember } from '#domain/stack/etcd-detail.ts'
import type { PostgresSetting } from '#domain/stack/postgres-detail.ts'
import type { Looked, StackView } from '#domain/stack/stack-view.ts'
import { madeBackup } from './backup-made.ts'
import { follow } from './follow.ts'
import { madePooler, madePoolerDatabase } from './pooler-made.ts'
import { madeHaproxy, madePostgres } from './stack-made.ts'
import { healthyWorld, secondsBefore, type World } from './world.ts'

export const setupNow = new Date('2026-11-26T12:00:00.000Z')

/** A cluster in whose set-up nothing is wrong, seen in all its layers. */
export function wellSetUp(): SetupInput {
  const setup: PatroniSetup = {
    usePgRewind: true,
    useSlots: true,
    memberSlotsTtlSeconds: null,
    synchronousNodeCount: 1,
    primaryStopTimeoutSeconds: 0,
    parameters: {},
  }
  const config: PatroniConfig = { ...healthyWorld(setupNow).config, failsafeMode: true, checkTimeline: true, setup }
  const worldAt = (at: Date): World => {
    const world = healthyWorld(at)
    return { ...world, config, members: world.members.map((member) => ({ ...member, patroniVersion: '4.1.4' })) }
  }
  const snapshot = { ...follow(worldAt(secondsBefore(setupNow, 2)), worldAt(setupNow)), writeRate: 100_000 }
  return {
    snapshot,
    stack: wellStack(snapshot.members.map(({ name }) => name)),
    backups: { view: wellBackups, takenAt: setupNow },
    schedules: {
      scheduled: { schedule: defaultBackupSchedule, since: secondsBefore(setupNow, 864_000), runs: [] },
      rehearsalsScheduled: null,
    },
    rehearsals: [{ endedAt: secondsBefore(setupNow, 86_400), isGood: true, fault: null }],
    agents: snapshot.members.map(({ name }) => ({
      node: name,
      state: 'enrolled',
      lockedReason: null,
      seenAt: setupNow,
      problem: null,
      vetoed: [],
      dataFreeBytes: 36_000_000_000,
      clockSkewMs: 4,
    })),
    endpoints: {
      patroniUrls: snapshot.members.map(({ host }) => `https://${host}:8008`),
      patroniUser: 'patroni',
      hasPatroniPassword: true,
      caPem: null,
      etcdUrls: ['http://10.0.1.20:2379'],
      etcdUser: 'matriarch',
      hasEtcdPassword: true,
      etcdNamespace: '/service',
      haproxyUrl: 'http://10.0.1.30:7000/',
      haproxyUser: null,
      hasHaproxyPassword: false,
      postgresUser: 'matriarch',
      hasPostgresPassword: true,
      postgresDatabase: 'postgres',
      poolerPort: 6432,
    },
    obeyedAt: null,
    now: setupNow,
  }
}

function wellStack(names: string[]): StackView {
  return {
    takenAt: setupNow,
    members: names.map((name) => ({
      name,
      postgres: justSeen(
        madePostgres({
          archiver: wellArchiver,
          settings: { ...wellSettings },
          checkpoints: { timed: 90, requested: 10, writeSeconds: 1, syncSeconds: 1, buffersWritten: 1, lastAt: null },
        }),
      ),
      pooler: justSeen(
        madePooler({
          version: '1.25.2',
          databases: [madePoolerDatabase({ mode: 'transaction', reservePoolSize: 5, maxConnections: 100 })],
          config: { ...wellPoolerConfig },
        }),
      ),
    })),
    haproxy: justSeen(
      madeHaproxy(
        ...names.map((name, index) => ({
          name,
          address: `10.0.1.${10 + index}:6432`,
          isUp: name === 'pg-node-3',
          status: name === 'pg-node-3' ? 'UP' : 'DOWN',
          check: name === 'pg-node-3' ? 'L7OK' : 'L7STS',
          sessions: name === 'pg-node-3' ? 4 : 0,
        })),
      ),
    ),
    etcd: justSeen({ members: ['1', '2', '3'].map((id) => etcdMade({ id, isLeader: id === '1' })), alarms: [] }),
  }
}

/** A look that has just brought this. */
export function justSeen<T>(value: T): Looked<T> {
  return { value, seenAt: setupNow, problem: null }
}

/** A member of etcd that is well, with what is to be otherwise. */
export function etcdMade(change: Partial<EtcdMember> = {}): EtcdMember {
  const id = change.id ?? '1'
  return {
    id,
    name: `etcd-${id}`,
    url: `http://10.0.1.2${id}:2379`,
    isUnstarted: false,
    isLearner: false,
    version: '3.5.16',
    isLeader: false,
    leaderId: '1',
    raftTerm: 4,
    raftIndex: 100,
    raftAppliedIndex: 100,
    dbSizeBytes: 1_000_000,
    dbInUseBytes: 500_000,
    dbQuotaBytes: 2_147_483_648,
    answerMilliseconds: 2,
    problem: null,
    ...change,
  }
}

/** A setting as Postgres tells it. */
export function settingMade(value: string, unit: string | null = null): PostgresSetting {
  return { value, unit, source: 'configuration file', pendingRestart: false }
}

const wellArchiver = {
  mode: 'on',
  command: 'pgbackrest --stanza=main archive-push %p',
  archivedCount: 10,
  failedCount: 0,
  lastArchivedWal: null,
  lastArchivedAt: null,
  lastFailedWal: null,
  lastFailedAt: null,
  isFailing: false,
  readyCount: 0,
}

const wellSettings: Record<string, PostgresSetting> = {
  fsync: settingMade('on'),
  full_page_writes: settingMade('on'),
  data_checksums: settingMade('on'),
  wal_log_hints: settingMade('on'),
  autovacuum: settingMade('on'),
  synchronous_commit: settingMade('on'),
  wal_level: settingMade('replica'),
  hot_standby: settingMade('on'),
  max_standby_streaming_delay: settingMade('30000', 'ms'),
  archive_mode: settingMade('on'),
  archive_timeout: settingMade('60', 's'),
  max_slot_wal_keep_size: settingMade('51200', 'MB'),
  wal_keep_size: settingMade('0', 'MB'),
  max_wal_senders: settingMade('10'),
  max_replication_slots: settingMade('10'),
  max_connections: settingMade('200'),
  superuser_reserved_connections: settingMade('3'),
  idle_in_transaction_session_timeout: settingMade('600000', 'ms'),
  password_encryption: settingMade('scram-sha-256'),
  ssl: settingMade('on'),
  checkpoint_timeout: settingMade('300', 's'),
  shared_buffers: settingMade('16384', '8kB'),
}

const wellPoolerConfig: Record<string, string> = {
  max_client_conn: '1000',
  server_login_retry: '1',
  query_wait_timeout: '30',
  auth_type: 'scram-sha-256',
  max_prepared_statements: '200',
  pool_mode: 'transaction',
  default_pool_size: '25',
  so_reuseport: '0',
}

const wellStanza: BackupStanza = {
  name: 'main',
  cipher: 'aes-256-cbc',
  statusCode: 0,
  message: 'ok',
  repositories: [1, 2].map((key) => ({ key, cipher: 'aes-256-cbc', statusCode: 0, message: 'ok' })),
  databases: [],
  archives: [],
  backups: [
    madeBackup(4, 3, 10, { startedAt: secondsBefore(setupNow, 3700), stoppedAt: secondsBefore(setupNow, 3600) }),
  ],
  backup: notRunning,
  restore: notRunning,
}

const wellBackups: BackupView = {
  node: 'pg-node-1',
  stanzaName: 'main',
  stanza: wellStanza,
  readAt: setupNow,
  backupsLeftOut: 0,
  runningSince: null,
  archive: null,
  archiver: null,
  walSegmentSizeBytes: 16_777_216,
  timeline: 4,
  systemIdentifier: '7711258502852368380',
  retention: [1, 2].map((repository) => ({
    repository,
    full: 4,
    fullType: 'count',
    diff: 14,
    archive: null,
    archiveType: 'full',
  })),
  problems: [],
}
