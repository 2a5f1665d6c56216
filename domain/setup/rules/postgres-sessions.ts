import { parameterFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { settingRule } from '#domain/setup/setting-rule.ts'
import { settingAmount } from '#domain/setup/settings.ts'
import { listNames } from '#domain/words.ts'

/** Connections, sessions and checkpoints of Postgres. */
export const postgresSessionRules = [
  settingRule({
    rule: 'postgres-reserved-connections',
    title: 'Connections are kept for Patroni',
    setting: 'superuser_reserved_connections',
    severity: 'warning',
    isFine: (setting) => (settingAmount(setting) ?? 3) >= 3,
    wrong: 'clients can take all of them',
    risk: 'When clients hold every connection, Patroni and whoever wants to help cannot log in.',
    worstCase: 'Patroni takes a healthy leader for dead: an interruption, though nothing failed.',
    fix: parameterFix('superuser_reserved_connections', 3, 'restart'),
  }),
  settingRule({
    rule: 'postgres-idle-in-transaction',
    title: 'A forgotten transaction ends',
    setting: 'idle_in_transaction_session_timeout',
    severity: 'info',
    isFine: (setting) => (settingAmount(setting) ?? 0) > 0,
    wrong: 'a session may sit in a transaction for ever',
    risk: 'It holds locks and keeps vacuum from cleaning up; a switchover that waits for transactions to end waits for it too.',
    worstCase: 'Sessions that wait for its locks, until somebody ends it.',
    fix: parameterFix('idle_in_transaction_session_timeout', '10min'),
  }),
  settingRule({
    rule: 'postgres-password-encryption',
    title: 'Passwords are kept as SCRAM',
    setting: 'password_encryption',
    severity: 'warning',
    isFine: ({ value }) => value === 'scram-sha-256',
    wrong: 'new passwords are kept in a way that is as good as the password',
    risk: 'Who gets hold of an MD5 hash, from a backup for example, can log in with it.',
    worstCase: 'All data that the user may read or change.',
    fix: {
      where: 'patronictl edit-config, then set each password anew',
      paste: 'postgresql:\n  parameters:\n    password_encryption: "scram-sha-256"',
    },
  }),
  settingRule({
    rule: 'postgres-ssl',
    title: 'Connections can be encrypted',
    setting: 'ssl',
    severity: 'info',
    isFine: ({ value }) => value === 'on',
    wrong: 'queries, rows and WAL cross the network in clear',
    risk: 'Whoever can listen on the network reads the data.',
    worstCase: 'All data that crosses the network, replication among it.',
    fix: {
      where: 'patronictl edit-config, with the files on each node',
      paste:
        'postgresql:\n  parameters:\n    ssl: "on"\n    ssl_cert_file: /etc/postgresql/server.crt\n    ssl_key_file: /etc/postgresql/server.key',
    },
  }),
  settingRule({
    rule: 'postgres-checkpoint-timeout',
    title: 'Recovery after a crash is short',
    setting: 'checkpoint_timeout',
    severity: 'info',
    isFine: (setting) => (settingAmount(setting) ?? 0) <= 1800,
    wrong: 'a crash has much WAL to replay',
    risk: 'A leader that crashes replays all WAL since its last checkpoint before it takes writes again.',
    worstCase: ({ snapshot }) =>
      `No writes while that is replayed, for up to primary_start_timeout (${snapshot?.config?.primaryStartTimeoutSeconds ?? 300} s).`,
    fix: parameterFix('checkpoint_timeout', '15min'),
  }),
  rule({
    rule: 'postgres-wal-size',
    title: 'Checkpoints come by time, not because WAL is full',
    layer: 'postgres',
    needs: ['postgres'],
    check: ({ postgres }, { snapshot }) => {
      const leader = postgres.find(({ member }) => member === snapshot?.leader?.name)
      const counts = leader?.detail.checkpoints
      if (!leader || !counts) return { unseen: 'Checkpoints of the leader were not seen: Matriarch reads them by SQL.' }
      const all = counts.timed + counts.requested
      if (all < enough) return { unseen: `There were ${all} checkpoints since the statistics began: too few to judge.` }
      if (counts.requested <= all / 2) return []
      return [
        {
          severity: 'info',
          member: leader.member,
          sentence: `${counts.requested} of ${all} checkpoints of ${leader.member} came because max_wal_size was reached.`,
          risk: 'Each checkpoint makes whole pages be written to WAL again: more WAL, more to ship, to archive and to replay.',
          worstCase: 'Replicas fall behind at peaks; nothing is lost by it alone.',
          fix: parameterFix('max_wal_size', '8GB'),
        },
      ]
    },
  }),
  rule({
    rule: 'postgres-pending-restart',
    title: 'No setting waits for a restart',
    layer: 'postgres',
    needs: ['members'],
    check: ({ members }, { snapshot }) => {
      const waiting = members.filter(({ pendingRestart }) => pendingRestart).map(({ name }) => name)
      const silent = members.filter(({ seenAt }) => seenAt === null).map(({ name }) => name)
      if (waiting.length === 0) {
        return silent.length === 0 ? [] : { unseen: `Patroni on ${listNames(silent)} has never answered.` }
      }
      return [
        {
          severity: 'info',
          member: waiting.length === 1 ? (waiting[0] ?? null) : null,
          sentence: `${listNames(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'} for a restart of Postgres.`,
          risk: 'What is written in the configuration does not hold yet. It will from the next crash or failover on, at a moment that nobody chose.',
          worstCase: 'A setting that does not work is found at a failover.',
          fix: {
            where: 'at a quiet time, replicas first',
            paste: waiting.map((name) => `patronictl restart ${snapshot?.scope ?? 'CLUSTER'} ${name}`).join('\n'),
          },
        },
      ]
    },
  }),
]

const enough = 10
