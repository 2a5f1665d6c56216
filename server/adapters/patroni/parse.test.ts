import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseClusterView } from './parse-cluster.ts'
import { parseConfig } from './parse-config.ts'
import { parseHistory } from './parse-history.ts'
import { parseStatus } from './parse-status.ts'

const target = { who: 'pg-node-2', system: 'Patroni', address: '10.0.1.11:8008' }
const status = (name: string) => parseStatus(fixture(`patroni/fixtures/${name}-patroni.json`), target)
const view = (name: string) => parseClusterView(fixture(`patroni/fixtures/${name}-cluster.json`), target)

test('a leader of Patroni 3.0 that calls itself master is a primary with its WAL position', () => {
  expect(status('3.0.2-node-3')).toMatchObject({
    name: null,
    scope: 'postgres-cluster',
    patroniVersion: '3.0.2',
    state: 'running',
    role: 'primary',
    serverVersion: 150018,
    timeline: 3,
    wal: { kind: 'primary', lsn: 101011104 },
    postmasterStartedAt: new Date('2026-11-23T09:18:56.392Z'),
    systemIdentifier: '7711293955722658643',
    replication: [
      { applicationName: 'pg-node-1', clientAddress: '10.0.1.10', state: 'streaming', syncState: 'async' },
      { applicationName: 'pg-node-2', clientAddress: '10.0.1.11', state: 'streaming', syncState: 'async' },
    ],
  })
})

test('a replica of Patroni 3.0 tells what it received and replayed', () => {
  expect(status('3.0.2-node-1')).toMatchObject({
    role: 'replica',
    replicationState: null,
    wal: {
      kind: 'standby',
      receivedLsn: 101011104,
      replayedLsn: 101011104,
      replayedAt: new Date('2026-11-23T09:28:45.845Z'),
      paused: false,
    },
  })
})

test('members of Patroni 4.1 tell their name', () => {
  expect(status('4.1.4-leader')).toMatchObject({ name: 'node-b', role: 'primary', wal: { kind: 'primary' } })
  expect(status('4.1.4-replica')).toMatchObject({ name: 'node-a', replicationState: 'streaming' })
})

test('a stopped Postgres has no position, and the flags beside it are read', () => {
  expect(status('4.1.4-stopped')).toMatchObject({
    state: 'stopped',
    role: 'demoted',
    wal: null,
    timeline: null,
    pause: true,
    clusterUnlocked: true,
  })
})

test('pending restart, tags, schedules and warnings of Patroni 3.3 are read', () => {
  expect(status('3.3.8-pending-restart')).toMatchObject({
    timeline: null,
    syncStandby: true,
    failsafeActive: true,
    watchdogFailed: true,
    tags: { nofailover: true, clonefrom: true, datacenter: 'north', failover_priority: 2 },
    pendingRestart: true,
    pendingRestartReason: { max_connections: { oldValue: '100', newValue: '200' } },
    scheduledRestartAt: new Date('2026-11-24T03:00:00Z'),
    postmasterStartedAt: new Date('2026-11-23T05:13:55.012Z'),
    wal: { kind: 'standby', receivedLsn: 184549816, replayedLsn: 184549376, replayedAt: null, paused: true },
  })
})

test('the view of Patroni 3.0 has lags without details and no scope', () => {
  const seen = view('3.0.2-node-2')
  expect(seen.scope).toBeNull()
  expect(seen.members).toHaveLength(3)
  expect(seen.members[0]).toEqual({
    name: 'pg-node-1',
    role: 'replica',
    state: 'running',
    apiUrl: 'http://10.0.1.10:8008',
    host: '10.0.1.10',
    port: 5432,
    timeline: 3,
    lag: 0,
    receiveLag: null,
    replayLag: null,
    pendingRestart: false,
    tags: {},
  })
  expect(seen.members[2]).toMatchObject({ role: 'leader', lag: null })
})

test('the view of Patroni 4.1 tells lags apart, pause and the scheduled switchover', () => {
  const seen = view('4.1.4')
  expect(seen).toMatchObject({
    scope: 'demo',
    pause: true,
    scheduledSwitchover: { at: new Date('2029-12-31T22:00:00Z'), from: 'node-b', to: 'node-a' },
  })
  expect(seen.members[0]).toMatchObject({ state: 'streaming', lag: 0, receiveLag: 0, replayLag: 0 })
})

test('a member that is being created has no address and an unknown lag', () => {
  const [creating, standby] = view('3.3.8-starting').members
  expect(creating).toMatchObject({ state: 'creating replica', apiUrl: null, host: null, port: null, lag: 'unknown' })
  expect(standby).toMatchObject({
    role: 'sync_standby',
    state: '',
    pendingRestart: true,
    tags: { nosync: true },
    lag: 2048,
  })
})

test('a configuration that leaves things out means Patroni’s defaults', () => {
  expect(parseConfig(fixture('patroni/fixtures/3.0.2-config.json'), target)).toEqual({
    ttlSeconds: 30,
    loopWaitSeconds: 10,
    retryTimeoutSeconds: 10,
    maximumLagOnFailoverBytes: 1_048_576,
    synchronousMode: false,
    synchronousModeStrict: false,
    checkTimeline: false,
    failsafeMode: false,
    pause: false,
    standbyCluster: false,
    primaryStartTimeoutSeconds: 300,
    setup: {
      usePgRewind: true,
      useSlots: true,
      memberSlotsTtlSeconds: null,
      synchronousNodeCount: 1,
      primaryStopTimeoutSeconds: 0,
      parameters: {
        wal_level: 'replica',
        hot_standby: 'on',
        wal_log_hints: 'on',
        max_connections: '100',
        max_wal_senders: '10',
        max_replication_slots: '10',
        archive_mode: 'on',
      },
    },
  })
})

test('a command in the configuration is never kept, it may hold a secret; nonsense for settings is as if left out', () => {
  const body = JSON.stringify({
    member_slots_ttl: '45min',
    synchronous_node_count: 0,
    postgresql: {
      use_slots: 'off',
      parameters: { archive_command: 'KEY=secret wal-g %p', fsync: false, wal_level: {} },
    },
  })
  expect(parseConfig(body, target).setup).toEqual({
    usePgRewind: null,
    useSlots: false,
    memberSlotsTtlSeconds: 2700,
    synchronousNodeCount: 1,
    primaryStopTimeoutSeconds: 0,
    parameters: { fsync: 'off' },
  })
  expect(parseConfig('{"postgresql":7}', target).setup).toMatchObject({ usePgRewind: null, parameters: {} })
})

test('a configuration with words, old names and nonsense is read as Patroni does', () => {
  expect(parseConfig(fixture('patroni/fixtures/4.0.7-quorum-config.json'), target)).toMatchObject({
    ttlSeconds: 20,
    loopWaitSeconds: 10,
    retryTimeoutSeconds: 5,
    synchronousMode: 'quorum',
    synchronousModeStrict: true,
    checkTimeline: true,
    failsafeMode: true,
    pause: true,
    standbyCluster: true,
    primaryStartTimeoutSeconds: 60,
  })
})

test('history lines without a witness have neither time nor leader', () => {
  expect(parseHistory(fixture('patroni/fixtures/3.0.2-history.json'), target)).toEqual([
    {
      timeline: 1,
      lsn: 83886240,
      reason: 'no recovery target specified',
      endedAt: new Date('2026-11-23T09:21:18.884Z'),
      newLeader: 'pg-node-1',
    },
    {
      timeline: 2,
      lsn: 100663456,
      reason: 'no recovery target specified',
      endedAt: new Date('2026-11-23T09:24:29.628Z'),
      newLeader: 'pg-node-3',
    },
  ])
  expect(parseHistory('[[4, 184549376, "before 2026-11-23"]]', target)).toEqual([
    { timeline: 4, lsn: 184549376, reason: 'before 2026-11-23', endedAt: null, newLeader: null },
  ])
})

test('names with control characters and broken surrogates become harmless', () => {
  const body = JSON.stringify({
    members: [{ name: 'a\u0000b\ud800\n', role: 'replica', tags: { 'x\u0000': 'y\u0000' } }],
  })
  expect(parseClusterView(body, target).members[0]).toMatchObject({ name: 'a�b��', tags: { 'x�': 'y�' } })
})

test('tags named like parts of objects are left out', () => {
  const body =
    '{"members":[{"name":"a","role":"replica","tags":{"__proto__":{"x":1},"constructor":2,"nested":{"a":1}}}]}'
  expect(parseClusterView(body, target).members[0]?.tags).toEqual({ nested: '{"a":1}' })
})
