import { etcds, type HostName, isNode } from './addresses.ts'
import { agentServer } from './agent.ts'
import { etcdServer } from './etcd.ts'
import { haproxyServer } from './haproxy.ts'
import { patroniServer } from './patroni-server.ts'
import { pgbouncerServer } from './pgbouncer.ts'
import type { Server } from './processes.ts'
import { keepsInS3 } from './repositories.ts'
import { s3Server } from './s3.ts'
import { writerServer } from './writer.ts'

/** What runs on a host, in the order of starting. Postgres is not here: Patroni starts it. */
export function serversOf(host: HostName): Server[] {
  if (isNode(host)) return [patroniServer(host), pgbouncerServer(host), agentServer(host)]
  const etcd = etcds.find((name) => name === host)
  if (etcd !== undefined) return [etcdServer(etcd)]
  if (host === 's3') return keepsInS3() ? [s3Server()] : []
  return host === 'haproxy' ? [haproxyServer()] : [writerServer()]
}
