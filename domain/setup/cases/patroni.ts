import {
  all,
  config,
  dynamic,
  endpoints,
  given,
  members,
  noConfig,
  noPostgres,
  onlyMembers,
  setting,
  snapshotOf,
} from '#domain/testing/setup-changed.ts'
import { setupNow } from '#domain/testing/setup-made.ts'
import type { RuleCase } from './rule-case.ts'

const unseenMembers = snapshotOf({ members: [] })
const noSetup = config({ setup: undefined as never })

export const patroniCases: RuleCase[] = [
  {
    rule: 'patroni-ttl-covers-retries',
    fails: config({ ttlSeconds: 20 }),
    says: /^Two leaders for up to 10 s: up to 10 s of writes \(1 MB at today's rate\) are lost\.$/,
    unseen: noConfig,
  },
  {
    rule: 'patroni-ttl-short-enough',
    fails: config({ ttlSeconds: 120 }),
    says: /2 min 4 s without a leader/,
    unseen: noConfig,
  },
  { rule: 'patroni-times-in-bounds', fails: config({ ttlSeconds: 15, loopWaitSeconds: 0 }), unseen: noConfig },
  {
    rule: 'patroni-start-timeout',
    fails: config({ primaryStartTimeoutSeconds: 900 }),
    says: /15 min 30 s/,
    unseen: noConfig,
  },
  {
    rule: 'patroni-stop-timeout',
    fails: config({ synchronousMode: true }),
    unseen: noConfig,
    passes: all(config({ synchronousMode: true }), dynamic({ primaryStopTimeoutSeconds: 60 })),
    idle: config({ synchronousMode: false }),
  },
  {
    rule: 'patroni-lag-limit',
    fails: config({ maximumLagOnFailoverBytes: 100_000_000 }),
    says: /^Up to 101 MB \(about 16 min 50 s of writes at today's rate\) are lost at a failover\.$/,
    unseen: snapshotOf({ writeRate: null }),
    idle: config({ synchronousMode: true }),
  },
  {
    rule: 'patroni-lag-limit',
    fails: snapshotOf({ writeRate: 5_000_000 }),
    says: /^No leader until somebody acts/,
    unseen: noConfig,
  },
  {
    rule: 'patroni-sync-two-members',
    fails: all(config({ synchronousMode: true, synchronousModeStrict: true }), onlyMembers('pg-node-1', 'pg-node-3')),
    says: /^No writes while a replica is away/,
    unseen: noConfig,
    passes: config({ synchronousMode: true }),
    idle: config({ synchronousMode: false }),
  },
  {
    rule: 'patroni-failsafe',
    fails: config({ failsafeMode: false }),
    says: /from 30 s after etcd is lost/,
    unseen: noConfig,
  },
  { rule: 'patroni-check-timeline', fails: config({ checkTimeline: false }), unseen: noConfig },
  { rule: 'patroni-pg-rewind', fails: dynamic({ usePgRewind: false }), unseen: noSetup },
  { rule: 'patroni-pg-rewind', fails: dynamic({ usePgRewind: null }), unseen: noConfig },
  {
    rule: 'patroni-rewind-possible',
    fails: all(setting('wal_log_hints', 'off'), setting('data_checksums', 'off')),
    unseen: noPostgres('pg-node-1'),
    passes: setting('data_checksums', 'off'),
    idle: dynamic({ usePgRewind: false }),
  },
  { rule: 'patroni-slots', fails: dynamic({ useSlots: false }), unseen: noSetup },
  {
    rule: 'patroni-member-slots-kept',
    fails: dynamic({ memberSlotsTtlSeconds: 0 }),
    unseen: members({ patroniVersion: null }, 'pg-node-1'),
    idle: members({ patroniVersion: '3.3.2' }),
  },
  {
    rule: 'patroni-two-may-lead',
    fails: all(
      members({ tags: { nofailover: true } }, 'pg-node-1'),
      members({ tags: { failover_priority: 0 } }, 'pg-node-2'),
    ),
    unseen: unseenMembers,
    // As while a cluster is recovered: they come back.
    passes: ({ snapshot, now, ...rest }) => ({
      ...rest,
      now,
      snapshot: snapshot && {
        ...snapshot,
        members: snapshot.members.map((member) =>
          member.name === 'pg-node-1' ? member : { ...member, isListed: false, missingSince: now },
        ),
      },
    }),
  },
  { rule: 'patroni-three-members', fails: onlyMembers('pg-node-1', 'pg-node-3'), unseen: unseenMembers },
  {
    rule: 'patroni-versions-equal',
    fails: members({ patroniVersion: '3.0.2' }, 'pg-node-2'),
    unseen: members({ patroniVersion: null }, 'pg-node-2'),
  },
  {
    rule: 'patroni-rest-asks-who',
    fails: all(endpoints({ hasPatroniPassword: false }), given({ obeyedAt: setupNow })),
    unseen: endpoints({ hasPatroniPassword: false }),
    passes: null,
  },
  {
    rule: 'patroni-rest-encrypted',
    fails: endpoints({ patroniUrls: ['http://10.0.1.10:8008'] }),
    unseen: given({ endpoints: null }),
    idle: endpoints({ hasPatroniPassword: false }),
  },
]
