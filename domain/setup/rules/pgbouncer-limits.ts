import { formatDuration } from '#domain/format.ts'
import { listNames } from '#domain/words.ts'
import { pgbouncerFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { settingAmount, settingOn, settingOnMembers, type SettingSeen, settingUnseen } from '#domain/setup/settings.ts'
import { worst } from '#domain/setup/pooler-config.ts'
import { poolsOfPostgres } from '#domain/setup/pools-of-postgres.ts'
import type { SetupInput } from '#domain/setup/setup-input.ts'

/** How many connections pgBouncer may open and take, and for how long clients wait. */
export const pgbouncerLimitRules = [
  rule({
    rule: 'pgbouncer-pools-fit-postgres',
    title: 'The pools fit into max_connections',
    layer: 'pgbouncer',
    needs: ['poolers', 'members'],
    check: ({ poolers, members }, input) => {
      const { seen, unseen } = settingOnMembers(input, 'max_connections')
      const rooms = new Map(seen.map((setting) => [setting.member, roomOf(setting, input)]))
      const over = poolsOfPostgres(poolers, members).flatMap((pools) => {
        const room = rooms.get(pools.member) ?? null
        return room !== null && pools.mayOpen > room ? [{ ...pools, room }] : []
      })
      const [worstOne] = over.toSorted((a, b) => b.mayOpen - b.room - (a.mayOpen - a.room))
      if (!worstOne) return unseen.length === 0 ? [] : { unseen: settingUnseen('max_connections', unseen) }
      const { member, room, mayOpen, databases, poolers: whose } = worstOne
      const many = Number.isFinite(mayOpen) ? `${mayOpen} connections` : 'connections without a limit'
      return [
        {
          severity: 'warning',
          member: whose.length === 1 ? (whose[0] ?? null) : null,
          sentence: `The pools of pgBouncer beside ${listNames(whose)} may${whose.length === 1 ? '' : ' together'} open ${many} to Postgres on ${member}, which has ${room} for clients.`,
          risk: 'At a peak Postgres refuses what the pooler asks for, and clients that would have waited their turn get an error.',
          worstCase: `Connections beyond ${room} are refused while the peak lasts.`,
          fix: pgbouncerFix(`max_db_connections = ${Math.max(1, Math.floor(room / databases))}`),
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

/** What Postgres on a member leaves to clients; null = its max_connections is no number. */
function roomOf(setting: SettingSeen, input: SetupInput): number | null {
  const kept = (name: string, usual: number) => {
    const found = settingOn(input, setting.member, name)
    return (found && settingAmount(found)) ?? usual
  }
  const most = settingAmount(setting)
  // From 16 on some may be kept for roles that are no superusers, too.
  return most && Math.max(0, most - kept('superuser_reserved_connections', 3) - kept('reserved_connections', 0))
}
