import fc from 'fast-check'
import type { DcsKeys } from '#domain/snapshot/dcs.ts'
import type { PatroniClusterView, PatroniConfig, PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { ProblemKind, Seen } from '#domain/snapshot/reading.ts'
import type { ClusterReadings, HaproxyStatus, PostgresStatus } from '#domain/snapshot/readings.ts'

const start = Date.UTC(2026, 10, 23, 12)

/** Moments within ten minutes around the start, so that fresh and stale both happen. */
const moment = fc.integer({ min: -600_000, max: 60_000 }).map((ms) => new Date(start + ms))
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null })

const name = fc.constantFrom('pg-1', 'pg-2', 'pg-3', '10.0.0.1:8008', '__proto__', '')
const word = fc.constantFrom('running', 'streaming', 'stopped', 'unknown', '', 'constructor', 'starting')
const position = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, Number.NaN, -1))
const timeline = maybe(fc.integer({ min: 1, max: 4 }))
const lag = maybe(fc.oneof(position, fc.constant('unknown' as const)))
const tags = fc.dictionary(
  fc.constantFrom('nofailover', 'failover_priority', 'x', 'createdAt'),
  fc.oneof(fc.boolean(), fc.integer(), fc.string()),
)

const problem = fc
  .record({
    kind: fc.constantFrom<ProblemKind>('refused', 'timeout', 'empty-reply', 'protocol'),
    sentence: fc.string(),
    since: moment,
    lastedMs: fc.integer({ min: 0, max: 60_000 }),
  })
  .map(({ kind, sentence, since, lastedMs }) => ({
    kind,
    sentence,
    since,
    observedAt: new Date(since.getTime() + lastedMs),
  }))

function seen<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Seen<T>> {
  return fc.record({ good: maybe(fc.record({ value, observedAt: moment })), problem: maybe(problem) })
}

const status: fc.Arbitrary<PatroniStatus> = fc.record({
  name: maybe(name),
  scope: maybe(fc.constant('demo')),
  patroniVersion: maybe(fc.constantFrom('3.0.2', '4.1.4', '?')),
  state: word,
  role: fc.constantFrom('primary', 'replica', 'standby_leader', 'demoted'),
  serverVersion: maybe(fc.constant(150_020)),
  postmasterStartedAt: maybe(moment),
  timeline,
  wal: maybe(
    fc.oneof(
      fc.record({ kind: fc.constant('primary' as const), lsn: position }),
      fc.record({
        kind: fc.constant('standby' as const),
        receivedLsn: maybe(position),
        replayedLsn: maybe(position),
        replayedAt: maybe(moment),
        paused: fc.boolean(),
      }),
    ),
  ),
  replicationState: maybe(fc.constantFrom('streaming', 'in archive recovery')),
  replication: fc.array(
    fc.record({ applicationName: name, clientAddress: maybe(fc.string()), state: word, syncState: word }),
    { maxLength: 3 },
  ),
  syncStandby: fc.boolean(),
  quorumStandby: fc.boolean(),
  pause: fc.boolean(),
  clusterUnlocked: fc.boolean(),
  failsafeActive: fc.boolean(),
  watchdogFailed: fc.boolean(),
  dcsLastSeenAt: maybe(moment),
  systemIdentifier: maybe(fc.constantFrom('1', '2')),
  tags,
  pendingRestart: fc.boolean(),
  pendingRestartReason: fc.constant({}),
  scheduledRestartAt: fc.constant(null),
})

const scheduled = maybe(fc.record({ at: moment, from: maybe(name), to: maybe(name) }))

const view: fc.Arbitrary<PatroniClusterView> = fc.record({
  scope: maybe(fc.constant('demo')),
  members: fc.array(
    fc.record({
      name,
      role: fc.constantFrom('leader', 'replica', 'sync_standby', 'standby_leader', 'something new'),
      state: word,
      apiUrl: maybe(fc.constantFrom('http://10.0.0.1:8008/patroni', 'nonsense')),
      host: maybe(fc.constant('10.0.0.1')),
      port: maybe(fc.constant(5432)),
      timeline,
      lag,
      receiveLag: lag,
      replayLag: lag,
      pendingRestart: fc.boolean(),
      tags,
    }),
    { maxLength: 4 },
  ),
  pause: fc.boolean(),
  scheduledSwitchover: scheduled,
})

const config: fc.Arbitrary<PatroniConfig> = fc.record({
  ttlSeconds: fc.constantFrom(20, 30),
  loopWaitSeconds: fc.constantFrom(5, 10),
  retryTimeoutSeconds: fc.constant(10),
  maximumLagOnFailoverBytes: fc.constantFrom(0, 1_048_576),
  synchronousMode: fc.constantFrom(true, false, 'quorum' as const),
  synchronousModeStrict: fc.boolean(),
  checkTimeline: fc.boolean(),
  failsafeMode: fc.boolean(),
  pause: fc.boolean(),
  standbyCluster: fc.boolean(),
  primaryStartTimeoutSeconds: fc.constant(300),
})

const keys: fc.Arbitrary<DcsKeys> = fc.record({
  leader: maybe(name),
  leaderChangedAt: moment,
  members: fc.array(
    fc.record({
      name,
      apiUrl: maybe(fc.constant('http://10.0.0.1:8008/patroni')),
      host: maybe(fc.constant('10.0.0.1')),
      port: maybe(fc.constant(5432)),
      state: word,
      role: fc.constantFrom('primary', 'replica'),
      timeline,
      lsn: maybe(position),
      tags,
      pendingRestart: fc.boolean(),
      pause: fc.boolean(),
      patroniVersion: maybe(fc.constant('4.0.7')),
    }),
    { maxLength: 4 },
  ),
  systemIdentifier: maybe(fc.constantFrom('1', '2')),
  config: maybe(config),
  optimeLsn: maybe(position),
  failover: maybe(fc.record({ leader: maybe(name), candidate: maybe(name), scheduledAt: maybe(moment) })),
  sync: maybe(fc.record({ leader: maybe(name), syncStandbys: fc.array(name), quorum: maybe(fc.nat(2)) })),
  history: fc.constant([]),
  revision: fc.constant('1'),
})

const postgres: fc.Arbitrary<PostgresStatus> = fc.record({
  inRecovery: fc.boolean(),
  timeline,
  systemIdentifier: maybe(fc.constantFrom('1', '2')),
  longestTransaction: fc.constant(null),
  backupRunning: fc.boolean(),
})

const haproxy: fc.Arbitrary<HaproxyStatus> = fc.record({
  backends: fc.array(
    fc.record({
      name: fc.constantFrom('primary', 'replicas', 'x'),
      sessions: fc.nat(),
      servers: fc.array(
        fc.record({
          name,
          address: maybe(fc.constantFrom('10.0.0.1:6432', '::1')),
          isUp: fc.boolean(),
          status: fc.string(),
          check: fc.string(),
          sessions: fc.nat(),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 2 },
  ),
})

/** Readings of any kind, sensible or not, as an adapter's types allow them. */
export const arbitraryReadings: fc.Arbitrary<ClusterReadings> = fc.record({
  clusterId: fc.constant('6f1c3f0e-7f55-4f0e-9a37-0c0a3c1b6a01'),
  clusterName: fc.constant('demo'),
  members: fc.array(
    fc.record({
      name,
      apiUrl: fc.constantFrom('http://10.0.0.1:8008', 'https://10.0.0.2:8008/'),
      status: seen(status),
      clusterView: seen(view),
      postgres: maybe(seen(postgres)),
      pooler: maybe(seen(fc.record({ port: fc.constant(6432) }))),
    }),
    { maxLength: 4 },
  ),
  etcd: maybe(
    fc.record({
      keys: seen(keys),
      quorum: seen(fc.record({ revision: fc.constant('1') })),
      endpoints: fc.array(
        fc.record({
          url: fc.constantFrom('http://a', 'http://b'),
          status: seen(
            fc.record({
              memberId: fc.constant('1'),
              name: maybe(fc.constant('etcd-1')),
              version: fc.constant('3.5.16'),
              leaderId: maybe(fc.constant('1')),
              raftTerm: fc.nat(),
              dbSizeBytes: fc.nat(),
              alarms: fc.subarray([
                { memberId: '1', kind: 'NOSPACE' },
                { memberId: null, kind: 'CORRUPT' },
              ]),
            }),
          ),
        }),
        { maxLength: 3 },
      ),
    }),
  ),
  haproxy: maybe(seen(haproxy)),
  config: seen(config),
  history: fc.constant({ good: null, problem: null }),
})

/** The moment around which arbitrary readings lie. */
export const arbitraryNoon = new Date(start)
