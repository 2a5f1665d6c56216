import { listNames } from '../../words.ts'
import { pgbouncerFix } from '../fix.ts'
import type { PoolerDetail } from '../../stack/pooler-detail.ts'
import { rule } from '../rule.ts'
import { configNumber } from '../pooler-config.ts'

/** What pools do to sessions, and who may use the pooler. */
export const pgbouncerModeRules = [
  rule({
    rule: 'pgbouncer-statement-mode',
    title: 'No pool cuts transactions apart',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const pools = poolers.flatMap(({ member, detail }) =>
        databasesIn(detail, 'statement').map((name) => `${name} on ${member}`),
      )
      if (pools.length === 0) return []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `Statement pooling: ${listNames(pools)}.`,
          risk: 'A transaction of more than one statement is refused. An application that does not check commits half of what it meant to.',
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
        databasesIn(detail, 'session').map((name) => `${name} on ${member}`),
      )
      if (pools.length === 0) return []
      return [
        {
          severity: 'info',
          member: null,
          sentence: `Session pooling: ${listNames(pools)}.`,
          risk: 'A client keeps its server for as long as it is connected, so the pool saves little, and PAUSE would wait for clients to leave.',
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
      const pooled = poolers.filter(({ detail }) => databasesIn(detail, 'transaction').length > 0)
      if (pooled.length === 0) return { notApplicable: 'No pool is in transaction mode.' }
      const without = pooled.filter(
        ({ detail }) =>
          isOlder(detail.version, [1, 21]) || configNumber(detail.config, 'max_prepared_statements') === 0,
      )
      const [first] = without
      if (!first)
        return pooled.every(({ detail }) => configNumber(detail.config, 'max_prepared_statements') !== null)
          ? []
          : { unseen: 'SHOW CONFIG was not seen on every pooler.' }
      const isOld = isOlder(first.detail.version, [1, 21])
      return [
        {
          severity: 'info',
          member: null,
          sentence: isOld
            ? `pgBouncer ${first.detail.version} on ${listNames(without.map(({ member }) => member))} does not know prepared statements in transaction pooling.`
            : `max_prepared_statements is 0 on ${listNames(without.map(({ member }) => member))}.`,
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
        ({ detail: { version } }) => !isOlder(version, [1, 24]) && isOlder(version, [1, 25, 2]),
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

function databasesIn({ databases, config }: PoolerDetail, mode: string): string[] {
  return databases
    .filter((database) => (database.mode ?? config['pool_mode'] ?? 'session') === mode)
    .map(({ name }) => name)
}

/** A version that cannot be read is taken for a new one. */
function isOlder(version: string, floor: readonly number[]): boolean {
  const parts = (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '999').split('.').map(Number)
  for (const [index, least] of floor.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}
