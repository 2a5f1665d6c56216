import { formatDuration } from '#domain/format.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import { listNames } from '#domain/words.ts'
import { pgbouncerFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { settingAmount, settingOnMembers, settingUnseen } from '#domain/setup/settings.ts'
import { configNumber, worst } from '#domain/setup/pooler-config.ts'

/** How many connections pgBouncer may open and take, and for how long clients wait. */
export const pgbouncerLimitRules = [
  rule({
    rule: 'pgbouncer-pools-fit-postgres',
    title: 'The pools fit into max_connections',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }, input) => {
      const { seen, unseen } = settingOnMembers(input, 'max_connections')
      if (seen.length === 0) return { unseen: settingUnseen('max_connections', unseen) }
      const reserved = settingOnMembers(input, 'superuser_reserved_connections').seen.map(
        (each) => settingAmount(each) ?? 3,
      )
      const least = Math.min(...seen.map((each) => settingAmount(each) ?? Number.POSITIVE_INFINITY))
      const room = least - Math.max(3, ...reserved)
      const fullest = poolers
        .map(({ member, detail }) => ({ member, may: mayOpen(detail) }))
        .toSorted((a, b) => b.may - a.may)[0]
      if (!fullest || fullest.may <= room) return []
      return [
        {
          severity: 'warning',
          member: fullest.member,
          sentence: `The pools of pgBouncer beside ${fullest.member} may open ${fullest.may} connections, but Postgres has ${room} for clients.`,
          risk: 'At a peak Postgres refuses what the pooler asks for, and clients that would have waited their turn get an error.',
          worstCase: `Connections beyond ${room} are refused while the peak lasts.`,
          fix: pgbouncerFix(
            `max_db_connections = ${Math.max(1, Math.floor(room / Math.max(1, countOf(poolers, fullest.member))))}`,
          ),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-client-limit',
    title: 'pgBouncer takes more clients than a handful',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const { low, unseen } = worst(poolers, 'max_client_conn', (amount) => amount <= 100)
      const [first] = low
      if (!first) return unseen
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `max_client_conn is ${first.value} on ${listNames(low.map(({ member }) => member))}.`,
          risk: 'A pooler is there so that many clients share few connections; with so low a limit it refuses them instead.',
          worstCase: `Clients beyond ${first.value} get an error, at the first peak or when all reconnect after a failover.`,
          fix: pgbouncerFix('max_client_conn = 1000'),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-login-retry',
    title: 'pgBouncer tries a new leader soon',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const { low, unseen } = worst(poolers, 'server_login_retry', (amount) => amount > 5)
      const [first] = low
      if (!first) return unseen
      const seconds = Number(first.value)
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `server_login_retry is ${seconds} s on ${listNames(low.map(({ member }) => member))}.`,
          risk: 'Once a login at Postgres has failed, as happens in each failover, clients are refused until this time is over, although the new leader takes writes.',
          worstCase: `Up to ${formatDuration(seconds * 1000)} of errors after each failover.`,
          fix: pgbouncerFix('server_login_retry = 1'),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-wait-ends',
    title: 'Clients wait for a server, but not for ever',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const { low, unseen } = worst(poolers, 'query_wait_timeout', (amount) => amount === 0 || amount < 10)
      const [first] = low
      if (!first) return unseen
      const isEndless = Number(first.value) === 0
      return [
        {
          severity: isEndless ? 'warning' : 'info',
          member: null,
          sentence: `query_wait_timeout is ${first.value} s on ${listNames(low.map(({ member }) => member))}${isEndless ? ': clients wait without end' : ''}.`,
          risk: isEndless
            ? 'When Postgres is away, applications hang and do not learn why.'
            : 'A switchover takes some seconds: clients that could have waited it out get an error.',
          worstCase: isEndless
            ? 'Applications that hang until they are restarted.'
            : 'An error for each client that waits in a switchover.',
          fix: pgbouncerFix('query_wait_timeout = 30'),
        },
      ]
    },
  }),
]

/** The most server connections that it opens: by database as many as all its pools may have, and no more than its own limit. */
function mayOpen({ databases, pools, config }: PoolerDetail): number {
  const ofAll = configNumber(config, 'max_db_connections') ?? 0
  return databases.reduce((sum, { name, poolSize, reservePoolSize, maxConnections }) => {
    const users = Math.max(1, new Set(pools.filter(({ database }) => database === name).map(({ user }) => user)).size)
    const limit = maxConnections > 0 ? maxConnections : ofAll
    const wanted = users * (poolSize + reservePoolSize)
    return sum + (limit > 0 ? Math.min(limit, wanted) : wanted)
  }, 0)
}

function countOf(poolers: readonly { member: string; detail: PoolerDetail }[], member: string): number {
  return poolers.find((each) => each.member === member)?.detail.databases.length ?? 1
}
