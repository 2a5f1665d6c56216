import { join } from 'node:path'
import { database, type NodeName, ports } from './addresses.ts'
import { credentials } from './credentials.ts'
import { hostFolder } from './paths.ts'
import type { Server } from './processes.ts'

export function pgbouncerServer(node: NodeName): Server {
  return {
    host: node,
    name: 'pgbouncer',
    user: 'postgres',
    command: ['/usr/sbin/pgbouncer', pgbouncerConfig.path(node)],
  }
}

export const pgbouncerConfig = {
  path: (node: NodeName) => join(hostFolder(node), 'pgbouncer.ini'),
  text: (node: NodeName) => `[databases]
${database} = host=127.0.0.1 port=${ports.postgres} dbname=${database}

[pgbouncer]
listen_addr = 0.0.0.0
listen_port = ${ports.pgbouncer}
unix_socket_dir = ${hostFolder(node)}
auth_type = md5
auth_file = ${userlist.path(node)}
admin_users = postgres
stats_users = matriarch
pool_mode = transaction
default_pool_size = 25
min_pool_size = 5
reserve_pool_size = 5
reserve_pool_timeout = 3
max_client_conn = 1000
max_db_connections = 100
server_idle_timeout = 300
client_idle_timeout = 0
query_timeout = 60
query_wait_timeout = 30
log_connections = 1
log_disconnections = 1
log_pooler_errors = 1
stats_period = 60
; The default of 15 s is a long tail after every failover.
server_login_retry = 1
`,
}

export const userlist = {
  path: (node: NodeName) => join(hostFolder(node), 'userlist.txt'),
  // Plain passwords: pgBouncer must itself log in to a Postgres that asks for SCRAM.
  text: () =>
    [credentials.app, credentials.matriarch, credentials.postgres]
      .map(({ user, password }) => `"${user}" "${password}"\n`)
      .join(''),
}
