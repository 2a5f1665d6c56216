import { join } from 'node:path'
import { address, nodes, ports } from './addresses.ts'
import { credentials } from './credentials.ts'
import { hostFolder } from './paths.ts'
import type { Server } from './processes.ts'

export function haproxyServer(): Server {
  return {
    host: 'haproxy',
    name: 'haproxy',
    user: 'postgres',
    command: ['/usr/sbin/haproxy', '-db', '-f', haproxyConfig.path()],
  }
}

/*
 * Check times: the usual 3 s x 3 adds up to 9 s to a switchover that itself takes 2 s. A check a second costs Patroni
 * nothing; while a server changes sides it is asked every 250 ms, so the new leader is in use 1.25 s after it answers
 * 200, yet one lost answer moves nobody (fall 3), and rise 2 outlasts the 0.2 s in which Patroni answers 200 before
 * the promotion is through.
 */
export const haproxyConfig = {
  path: () => join(hostFolder('haproxy'), 'haproxy.cfg'),
  text: () => `global
    maxconn 2000
    log stdout format raw local0 notice
    stats socket ${join(hostFolder('haproxy'), 'admin.sock')} mode 660 level admin

defaults
    mode tcp
    log global
    timeout connect 4s
    timeout check 2s
    timeout client 30m
    timeout server 30m
    retries 2
    option clitcpka
    option srvtcpka
    default-server check port ${ports.patroni} inter 1s fastinter 250ms downinter 1s fall 3 rise 2 on-marked-down shutdown-sessions

listen primary
    bind *:${ports.haproxyLeader}
    option httpchk OPTIONS /primary
    http-check expect status 200
${servers()}

listen replicas
    bind *:${ports.haproxyReplicas}
    balance leastconn
    option httpchk OPTIONS /replica
    http-check expect status 200
${servers()}

listen stats
    mode http
    bind *:${ports.haproxyStatistics}
    timeout client 10s
    timeout server 10s
    stats enable
    stats uri /
    stats show-legends
    acl is_console http_auth(console)
    stats admin if is_console

userlist console
    user ${credentials.haproxy.user} insecure-password ${credentials.haproxy.password}
`,
}

function servers(): string {
  return nodes.map((node) => `    server ${node} ${address[node]}:${ports.pgbouncer}`).join('\n')
}
