import { clockSkewLimitMs } from '#domain/agent/agent.ts'
import { formatDuration } from '#domain/format.ts'
import { listNames } from '#domain/words.ts'
import type { ClusterEndpoints } from '#domain/fleet/cluster.ts'
import { rule, type SetupRule } from '#domain/setup/rule.ts'

/** Whether Matriarch sees and reaches enough to be of help. */
export const consoleRules = [
  seesRule({
    name: 'postgres',
    title: 'Matriarch may ask Postgres',
    isTold: ({ postgresUser }) => postgresUser !== null,
    without: 'has no user for Postgres',
    risk: 'Split brain beside a dead Patroni, long transactions, locks, slots and settings are not seen.',
    fix: {
      where: 'psql on the leader; then in the settings of this cluster',
      paste: "create role matriarch login password 'CHOOSE-ONE';\ngrant pg_monitor to matriarch;",
    },
  }),
  seesRule({
    name: 'etcd',
    title: 'Matriarch may ask etcd',
    isTold: ({ etcdUrls }) => etcdUrls.length > 0,
    without: 'was not told of etcd',
    risk: 'A change of the leader is noticed seconds later, and a lost quorum only by what it does.',
    fix: { where: 'etcd addresses in the settings of this cluster', paste: 'http://ADDRESS:2379' },
  }),
  seesRule({
    name: 'haproxy',
    title: 'Matriarch may ask HAProxy',
    isTold: ({ haproxyUrl }) => haproxyUrl !== null,
    without: 'was not told of HAProxy',
    risk: 'That writes go to the wrong member, or to none, is not seen.',
    fix: {
      where: 'haproxy.cfg; then the address in the settings of this cluster',
      paste: 'listen stats\n    mode http\n    bind ADDRESS:7000\n    stats enable\n    stats uri /',
    },
  }),
  seesRule({
    name: 'pgbouncer',
    title: 'Matriarch may ask pgBouncer',
    isTold: ({ poolerPort }) => poolerPort !== null,
    without: 'was not told the port of the poolers',
    risk: 'Full pools and clients that wait are not seen.',
    fix: {
      where: '[pgbouncer] in pgbouncer.ini on each node, then RELOAD; and the port in the settings of this cluster',
      paste: 'stats_users = matriarch',
    },
  }),
  rule({
    rule: 'console-agents',
    title: 'Every node has its agent',
    layer: 'console',
    needs: ['agents', 'members'],
    check: ({ agents, members }) => {
      const able = new Set(agents.filter(({ state }) => state === 'enrolled').map(({ node }) => node))
      const without = members.filter(({ name }) => !able.has(name)).map(({ name }) => name)
      if (without.length === 0) return []
      return [
        {
          severity: 'info',
          member: without.length === 1 ? (without[0] ?? null) : null,
          sentence: `${listNames(without)} ${without.length === 1 ? 'has' : 'have'} no agent that Matriarch may call.`,
          risk: 'After a failover backups may have nowhere to run, and a recovery from here needs an agent on every node.',
          worstCase: 'A recovery that has to be carried out by hand, at the worst moment.',
          fix: {
            where: 'on the page of agents, invite them; then on each of these nodes',
            paste: 'sudo matriarch-agent enroll TOKEN',
          },
        },
      ]
    },
  }),
  rule({
    rule: 'console-clocks',
    title: 'The clocks of the nodes agree',
    layer: 'console',
    needs: ['agents', 'members'],
    check: ({ agents, members }) => {
      const told = agents.flatMap(({ node, clockSkewMs }) => (clockSkewMs == null ? [] : [{ node, skew: clockSkewMs }]))
      const off = told.filter(({ skew }) => Math.abs(skew) > toleratedMs)
      const [first] = off.toSorted((a, b) => Math.abs(b.skew) - Math.abs(a.skew))
      if (first) {
        return [
          {
            severity: Math.abs(first.skew) > clockSkewLimitMs ? 'warning' : 'info',
            member: first.node,
            sentence: `The clock of ${first.node} is ${formatDuration(Math.abs(first.skew))} ${first.skew > 0 ? 'ahead' : 'behind'}${off.length === 1 ? '' : `, and ${off.length - 1} more are off`}.`,
            risk: 'Moments to recover to, scheduled switchovers and the order of log lines are wrong by as much.',
            worstCase: `A recovery to a moment lands ${formatDuration(Math.abs(first.skew))} off: after the mistake, say, instead of before.`,
            fix: { where: `on ${listNames(off.map(({ node }) => node))}`, paste: 'systemctl enable --now chrony' },
          },
        ]
      }
      const known = new Set(told.map(({ node }) => node))
      const untold = members.filter(({ name }) => !known.has(name)).map(({ name }) => name)
      return untold.length === 0
        ? []
        : { unseen: `The clock of ${listNames(untold)} is not seen: an agent there tells it.` }
    },
  }),
]

const toleratedMs = 1000

interface Sees {
  name: string
  title: string
  isTold: (endpoints: ClusterEndpoints) => boolean
  without: string
  risk: string
  fix: { where: string; paste: string }
}

function seesRule({ name, title, isTold, without, risk, fix }: Sees): SetupRule {
  return rule({
    rule: `console-sees-${name}`,
    title,
    layer: 'console',
    needs: ['endpoints'],
    check: ({ endpoints }) =>
      isTold(endpoints)
        ? []
        : [
            {
              severity: 'info',
              member: null,
              sentence: `Matriarch ${without}.`,
              risk,
              worstCase: 'A fault that is noticed later than it could be.',
              fix,
            },
          ],
  })
}
