import { writeProxyOf } from '#domain/setup/write-proxy.ts'
import { listNames } from '#domain/words.ts'
import { haproxyFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'

const noBackend = 'No backend of HAProxy takes writes, by its name, and has a member of this cluster among its servers.'

/** Whether HAProxy brings writes to the leader after every failover. */
export const haproxyRouteRules = [
  rule({
    rule: 'haproxy-shuts-sessions',
    title: 'Sessions of a server that goes down are shut',
    layer: 'haproxy',
    needs: ['haproxy', 'snapshot'],
    check: ({ haproxy, snapshot }) => {
      const proxy = writeProxyOf(haproxy, snapshot)
      if (!proxy) return { unseen: noBackend }
      const held = proxy.servers.filter(
        ({ isUp, sessions, admin, changedSeconds }) =>
          !isUp && admin === 'ready' && sessions > 0 && (changedSeconds ?? 60) > 5,
      )
      const [first] = held
      if (!first)
        return {
          unseen:
            'It shows only while a server is down and clients are still on it. Look for on-marked-down shutdown-sessions in haproxy.cfg.',
        }
      return [
        {
          severity: 'critical',
          member: null,
          sentence: `${first.sessions} sessions are still on ${first.name} in ${proxy.name}, which is down: on-marked-down shutdown-sessions is not set.`,
          risk: 'After a failover clients stay on the old leader, which is read-only then or cut off, and do not learn that there is a new one.',
          worstCase:
            'No writes for these clients until they reconnect by themselves: hours, with pools that keep connections.',
          fix: haproxyFix('default-server on-marked-down shutdown-sessions'),
        },
      ]
    },
  }),
  rule({
    rule: 'haproxy-asks-patroni',
    title: "HAProxy's check asks Patroni who leads",
    layer: 'haproxy',
    needs: ['haproxy', 'snapshot'],
    check: ({ haproxy, snapshot }) => {
      const proxy = writeProxyOf(haproxy, snapshot)
      if (!proxy) return { unseen: noBackend }
      const checked = proxy.servers.filter(({ admin }) => admin === 'ready')
      const blind = checked.filter(({ check, status }) => status.startsWith('no check') || /^L[46]OK/.test(check))
      const [first] = blind
      if (!first)
        return checked.some(({ check }) => check.startsWith('L7'))
          ? []
          : { unseen: `No check of ${proxy.name} has been answered by HTTP, so what it asks is not seen.` }
      return [
        {
          severity: 'critical',
          member: null,
          sentence: `${listNames(blind.map(({ name }) => name))} in ${proxy.name} ${blind.length === 1 ? 'is' : 'are'} ${first.status.startsWith('no check') ? 'not checked' : `checked by ${first.check} only`}: whether it leads is not asked.`,
          risk: 'Every member whose port is open counts as up, so writes go to replicas as well.',
          worstCase: 'Errors for the writes that reach a replica, most of them with two replicas.',
          fix: haproxyFix(
            'option httpchk OPTIONS /primary\nhttp-check expect status 200\ndefault-server check port 8008 inter 3s fall 3 rise 2',
          ),
        },
      ]
    },
  }),
  rule({
    rule: 'haproxy-knows-all-members',
    title: 'Every member is among the servers for writes',
    layer: 'haproxy',
    needs: ['haproxy', 'snapshot', 'members'],
    check: ({ haproxy, snapshot, members }) => {
      const proxy = writeProxyOf(haproxy, snapshot)
      if (!proxy) return { unseen: noBackend }
      const hosts = new Set(
        proxy.servers.map(({ address }) => (address ?? '').replace(/:\d+$/, '').replaceAll(/[[\]]/g, '')),
      )
      const names = new Set(proxy.servers.map(({ name }) => name))
      const missing = members.filter(({ name, host }) => !names.has(name) && (host === null || !hosts.has(host)))
      if (missing.length === 0) return []
      // A server that is no member by name nor address may be one by another address.
      if (proxy.servers.length >= members.length)
        return {
          unseen: `Whether ${listNames(missing.map(({ name }) => name))} is among the servers of ${proxy.name} cannot be told by name or address.`,
        }
      return [
        {
          severity: 'critical',
          member: missing.length === 1 ? (missing[0]?.name ?? null) : null,
          sentence: `${listNames(missing.map(({ name }) => name))} ${missing.length === 1 ? 'is' : 'are'} not among the servers of ${proxy.name}.`,
          risk: 'If such a member is promoted, clients do not reach it.',
          worstCase: 'No writes through HAProxy after that failover, until somebody changes its configuration.',
          fix: haproxyFix(missing.map(({ name, host }) => `server ${name} ${host ?? 'ADDRESS'}:6432`).join('\n')),
        },
      ]
    },
  }),
  rule({
    rule: 'haproxy-nobody-set-aside',
    title: 'No server is drained or in maintenance',
    layer: 'haproxy',
    needs: ['haproxy', 'snapshot'],
    check: ({ haproxy, snapshot }) => {
      const proxy = writeProxyOf(haproxy, snapshot)
      if (!proxy) return { unseen: noBackend }
      const aside = proxy.servers.filter(({ admin }) => admin !== 'ready')
      const [first] = aside
      if (!first) return []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `${listNames(aside.map(({ name }) => name))} in ${proxy.name} ${aside.length === 1 ? 'is' : 'are'} set aside (${first.admin}).`,
          risk: 'If it is promoted, HAProxy sends it nobody, however well it is.',
          worstCase: 'No writes through HAProxy after that failover.',
          fix: {
            where: "HAProxy's admin socket",
            paste: aside.map(({ name }) => `set server ${proxy.name}/${name} state ready`).join('\n'),
          },
        },
      ]
    },
  }),
]
