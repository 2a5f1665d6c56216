import { writeProxyOf } from '#domain/setup/write-proxy.ts'
import { haproxyFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { configNumber } from '#domain/setup/pooler-config.ts'

const noBackend = 'No backend of HAProxy takes writes, by its name, and has a member of this cluster among its servers.'

/** How many sessions HAProxy takes. */
export const haproxyLimitRules = [
  rule({
    rule: 'haproxy-session-limits',
    title: "HAProxy's limits fit the poolers",
    layer: 'haproxy',
    needs: ['haproxy', 'snapshot'],
    check: ({ haproxy, snapshot }, { stack }) => {
      const proxy = writeProxyOf(haproxy, snapshot)
      if (!proxy) return { unseen: noBackend }
      const limits = [proxy.frontend?.sessionsLimit, ...proxy.servers.map(({ sessionsLimit }) => sessionsLimit)].filter(
        (limit) => limit != null,
      )
      const least = limits.length === 0 ? null : Math.min(...limits)
      if (least !== null && least <= 100) {
        return [
          {
            severity: 'warning',
            member: null,
            sentence: `${proxy.name} takes ${least} sessions at most.`,
            risk: 'Clients beyond that wait in a queue and then get an error, while pgBouncer could take them.',
            worstCase: `Sessions beyond ${least} wait or fail, at the first peak or when all reconnect after a failover.`,
            fix: haproxyFix('default-server maxconn 1000'),
          },
        ]
      }
      const poolers = (stack?.members ?? []).flatMap(({ pooler }) =>
        pooler?.value ? [configNumber(pooler.value.config, 'max_client_conn')] : [],
      )
      const takes = poolers.filter((limit) => limit !== null)
      const server = Math.max(0, ...proxy.servers.map(({ sessionsLimit }) => sessionsLimit ?? 0))
      if (takes.length === 0) return { unseen: 'How many clients pgBouncer takes is not seen.' }
      if (server === 0 || server <= Math.min(...takes)) return []
      return [
        {
          severity: 'info',
          member: null,
          sentence: `HAProxy sends up to ${server} sessions to a pooler that takes ${Math.min(...takes)}.`,
          risk: 'Those beyond are let through and then refused by pgBouncer, instead of waiting for their turn.',
          worstCase: 'Errors at a peak where clients could have waited.',
          fix: haproxyFix(`default-server maxconn ${Math.min(...takes)}`),
        },
      ]
    },
  }),
]
