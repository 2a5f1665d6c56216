import { listNames } from '#domain/words.ts'
import { pgbouncerFix } from '#domain/setup/fix.ts'
import { databasesInMode, modeSentences, preparedStatementsOf } from '#domain/stack/pool-modes.ts'
import { isPoolerBefore } from '#domain/stack/pooler-version.ts'
import { rule } from '#domain/setup/rule.ts'

/** What pools do to sessions, and who may use the pooler. */
export const pgbouncerModeRules = [
  rule({
    rule: 'pgbouncer-statement-mode',
    title: 'No pool cuts transactions apart',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const pools = poolers.flatMap(({ member, detail }) =>
        databasesInMode(detail, 'statement').map((name) => `${name} on ${member}`),
      )
      if (pools.length === 0) return []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: modeSentences.statement(listNames(pools)),
          risk: 'An application that does not check commits half of what it meant to.',
          worstCase: 'Rows that contradict each other, where an application goes on after the error.',
          fix: pgbouncerFix('pool_mode = transaction'),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-session-mode',
    title: 'Pools can be held for a switchover',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const pools = poolers.flatMap(({ member, detail }) =>
        databasesInMode(detail, 'session').map((name) => `${name} on ${member}`),
      )
      if (pools.length === 0) return []
      return [
        {
          severity: 'info',
          member: null,
          sentence: modeSentences.session(listNames(pools)),
          risk: 'The pool saves little, and PAUSE would wait for clients to leave.',
          worstCase: 'Every switchover breaks the sessions of these pools.',
          fix: pgbouncerFix('pool_mode = transaction'),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-prepared-statements',
    title: 'Prepared statements work in transaction pooling',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const pooled = poolers.filter(({ detail }) => databasesInMode(detail, 'transaction').length > 0)
      if (pooled.length === 0) return { notApplicable: 'No pool is in transaction mode.' }
      const told = pooled.map((pooler) => ({ ...pooler, kept: preparedStatementsOf(pooler.detail) }))
      const without = told.filter(({ kept }) => kept === 'off' || kept === 'unknown to it')
      const [first] = without
      if (!first)
        return told.every(({ kept }) => kept !== null) ? [] : { unseen: 'SHOW CONFIG was not seen on every pooler.' }
      const isOld = first.kept === 'unknown to it'
      const alike = without.filter(({ kept }) => kept === first.kept)
      const where = listNames(
        alike.flatMap(({ member, detail }) =>
          databasesInMode(detail, 'transaction').map((name) => `${name} on ${member}`),
        ),
      )
      return [
        {
          severity: 'info',
          member: null,
          sentence: isOld
            ? modeSentences.preparedUnknown(where, first.detail.version)
            : modeSentences.preparedOff(where),
          risk: 'Drivers that prepare statements by themselves find them gone at the next transaction, or find those of others.',
          worstCase: 'Errors in applications, now and then and hard to explain.',
          fix: isOld
            ? { where: 'on each node', paste: 'apt-get install --only-upgrade pgbouncer' }
            : pgbouncerFix('max_prepared_statements = 200'),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-authentication',
    title: 'pgBouncer asks who comes, by SCRAM',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const told = poolers.map(({ member, detail }) => ({ member, type: detail.config['auth_type'] ?? null }))
      const open = told.filter(({ type }) => type === 'any' || type === 'trust')
      const weak = told.filter(({ type }) => type === 'md5' || type === 'plain')
      const [first] = open.length > 0 ? open : weak
      if (!first)
        return told.every(({ type }) => type !== null) ? [] : { unseen: 'auth_type was not seen on every pooler.' }
      const isOpen = open.length > 0
      return [
        {
          severity: isOpen ? 'critical' : 'info',
          member: null,
          sentence: `auth_type is ${first.type} on ${listNames((isOpen ? open : weak).map(({ member }) => member))}.`,
          risk: isOpen
            ? 'Whoever reaches the port is let in under any name that is known.'
            : 'What userlist.txt holds in this way is as good as the passwords. Where it holds SCRAM secrets, md5 uses SCRAM by itself.',
          worstCase: isOpen
            ? 'All data that the pooled users may read or change.'
            : 'All data of the users in that file, for who reads it.',
          fix: pgbouncerFix('auth_type = scram-sha-256'),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-kill-client',
    title: 'Who may only look cannot end sessions',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const flawed = poolers.filter(
        ({ detail: { version } }) =>
          isPoolerBefore(version, [1, 24]) === false && isPoolerBefore(version, [1, 25, 2]) === true,
      )
      const [first] = flawed
      if (!first) return []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `pgBouncer ${first.detail.version} on ${listNames(flawed.map(({ member }) => member))} lets stats_users use KILL_CLIENT (CVE-2026-6667).`,
          risk: 'A user that is meant to look, as that of monitoring, can end the sessions of all clients.',
          worstCase: 'Sessions of clients that break, for as long as somebody goes on with it.',
          fix: { where: 'on each node', paste: 'apt-get install --only-upgrade pgbouncer' },
        },
      ]
    },
  }),
]
