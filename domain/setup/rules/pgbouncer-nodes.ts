import { backendRole } from '#domain/snapshot/backend-role.ts'
import { listNames } from '#domain/words.ts'
import { pgbouncerFix } from '#domain/setup/fix.ts'
import { worst } from '#domain/setup/pooler-config.ts'
import { rule } from '#domain/setup/rule.ts'

/** Whether it makes no difference through which pooler a client comes. */
export const pgbouncerNodeRules = [
  rule({
    rule: 'pgbouncer-equal',
    title: 'All poolers are set up alike',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      if (poolers.length < 2) return { notApplicable: 'One pooler was seen.' }
      const differing = alike.filter((key) => new Set(poolers.map(({ detail }) => detail.config[key] ?? '')).size > 1)
      const [first] = differing
      if (first === undefined)
        return poolers.some(({ detail }) => Object.keys(detail.config).length > 0)
          ? []
          : { unseen: 'SHOW CONFIG was not seen.' }
      const told = poolers.map(({ member, detail }) => `${detail.config[first] ?? 'not told'} on ${member}`)
      const others = differing.slice(1)
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `${first} is ${told.join(', ')}${others.length === 0 ? '' : `; ${listNames(others)} ${others.length === 1 ? 'differs' : 'differ'} as well`}.`,
          risk: 'After a failover clients come to another pooler, which takes fewer of them or treats their sessions otherwise.',
          worstCase: 'Errors from the next failover on, until the settings are made alike.',
          fix: pgbouncerFix(differing.map((key) => `${key} = ${poolers[0]?.detail.config[key] ?? ''}`).join('\n')),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-own-port',
    title: 'Each pgBouncer has a port of its own',
    layer: 'pgbouncer',
    needs: ['poolers'],
    check: ({ poolers }) => {
      const { low: shared, unseen } = worst(poolers, 'so_reuseport', (amount) => amount === 1)
      if (shared.length === 0) return unseen
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `so_reuseport is 1 on ${listNames(shared.map(({ member }) => member))}: several processes may share one port.`,
          risk: 'Each process has pools, counters and pauses of its own, and a connection comes to any one of them: what the console tells jumps from one to the other, and a command reaches one alone.',
          worstCase:
            'Clients that go on through a pause that was reported as done; the console refuses to pause poolers or to cut off clients there.',
          fix: {
            where:
              '[pgbouncer] in pgbouncer.ini on each node, then a restart; a file each where one process is too few',
            paste: 'so_reuseport = 0\nlisten_port = 6432',
          },
        },
      ]
    },
  }),
  rule({
    rule: 'pgbouncer-follows-the-leader',
    title: 'No pooler is nailed to another node',
    layer: 'pgbouncer',
    needs: ['poolers', 'members'],
    check: ({ poolers, members }) =>
      poolers.flatMap(({ member, detail }) =>
        detail.databases.flatMap(({ name, host, port }) => {
          const target = members.find((each) => each.host === host && (each.port ?? 5432) === port)
          if (!target || target.name === member || backendRole(name) === 'replica') return []
          return [
            {
              severity: 'critical' as const,
              member,
              sentence: `pgBouncer beside ${member} sends ${name} to ${target.name} (${host}), whoever leads.`,
              risk: `It reaches the leader only while ${target.name} leads; after a failover clients that come through ${member} can write nowhere.`,
              worstCase: 'No writes through it from the next failover until somebody changes its configuration.',
              fix: {
                where: `[databases] in pgbouncer.ini on ${member}, then RELOAD`,
                paste: `${name} = host=127.0.0.1 port=${port}`,
              },
            },
          ]
        }),
      ),
  }),
]

const alike = [
  'pool_mode',
  'default_pool_size',
  'reserve_pool_size',
  'max_client_conn',
  'max_db_connections',
  'query_wait_timeout',
  'server_login_retry',
  'max_prepared_statements',
  'auth_type',
]
