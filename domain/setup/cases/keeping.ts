import {
  all,
  backups,
  endpoints,
  given,
  members,
  noBackups,
  noPostgres,
  postgres,
  stanza,
} from '#domain/testing/setup-changed.ts'
import { secondsBefore } from '#domain/testing/world.ts'
import { setupNow } from '#domain/testing/setup-made.ts'
import type { RuleCase } from './rule-case.ts'

const noStanza = backups(() => ({ stanza: null }))
const untoldRetention = backups((view) => ({ ...view, retention: [] }))
const retention = (change: { full?: number | null; archive?: number }) =>
  backups(({ retention: before }) => ({ retention: (before ?? []).map((each) => ({ ...each, ...change })) }))

export const pgbackrestCases: RuleCase[] = [
  { rule: 'pgbackrest-stanza', fails: noStanza, says: /^All data/, unseen: noBackups },
  {
    rule: 'pgbackrest-scheduled',
    fails: all(given({ schedules: null, now: new Date(setupNow.getTime() + 300_000_000) })),
    unseen: noBackups,
    passes: given({ schedules: { scheduled: null, rehearsalsScheduled: null } }),
    idle: noStanza,
  },
  { rule: 'pgbackrest-retention', fails: retention({ full: 1 }), unseen: untoldRetention },
  { rule: 'pgbackrest-retention', fails: retention({ full: null }), unseen: noBackups },
  { rule: 'pgbackrest-wal-retention', fails: retention({ archive: 2 }), unseen: untoldRetention },
  {
    rule: 'pgbackrest-encrypted',
    fails: stanza({ repositories: [{ key: 1, cipher: 'none', statusCode: 0, message: 'ok' }] }),
    unseen: stanza({ repositories: [{ key: 1, cipher: 'none', statusCode: 99, message: 'no' }] }),
    idle: noStanza,
  },
  {
    rule: 'pgbackrest-second-repository',
    fails: stanza({ repositories: [{ key: 1, cipher: 'none', statusCode: 0, message: 'ok' }] }),
    unseen: noBackups,
    idle: noStanza,
  },
  {
    rule: 'pgbackrest-rehearsed',
    fails: given({ rehearsals: [] }),
    unseen: given({ rehearsals: null }),
    idle: stanza({ backups: [] }),
  },
  {
    rule: 'pgbackrest-rehearsed',
    fails: given({ rehearsals: [{ endedAt: secondsBefore(setupNow, 60), isGood: false, fault: 'It did not.' }] }),
    unseen: noBackups,
  },
  {
    rule: 'pgbackrest-same-stanza',
    fails: postgres(
      ({ archiver }) => ({
        archiver: archiver && { ...archiver, command: 'pgbackrest --stanza=other archive-push %p' },
      }),
      'pg-node-1',
    ),
    unseen: noPostgres('pg-node-1'),
    idle: postgres(() => ({ archiver: null })),
  },
]

const noEndpoints = given({ endpoints: null })

export const consoleCases: RuleCase[] = [
  { rule: 'console-sees-postgres', fails: endpoints({ postgresUser: null }), unseen: noEndpoints },
  { rule: 'console-sees-etcd', fails: endpoints({ etcdUrls: [] }), unseen: noEndpoints },
  { rule: 'console-sees-haproxy', fails: endpoints({ haproxyUrl: null }), unseen: noEndpoints },
  { rule: 'console-sees-pgbouncer', fails: endpoints({ poolerPort: null }), unseen: noEndpoints },
  { rule: 'console-agents', fails: given({ agents: [] }), unseen: given({ agents: null }) },
  { rule: 'console-clocks', fails: skewed(30_000), says: /lands 30 s off/, unseen: given({ agents: [] }) },
  { rule: 'console-clocks', fails: skewed(-2000), unseen: members({ name: 'pg-node-9' }, 'pg-node-1') },
]

function skewed(clockSkewMs: number): RuleCase['fails'] {
  return (input) => ({ ...input, agents: (input.agents ?? []).map((agent) => ({ ...agent, clockSkewMs })) })
}
