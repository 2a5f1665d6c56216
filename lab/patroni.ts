import { join } from 'node:path'
import { address, etcds, type NodeName, ports, scope, stanza, subnet } from './addresses.ts'
import { credentials, restUser } from './credentials.ts'
import { dataFolder, hostFolder, paths, patroniConfigFile } from './paths.ts'
import { postgresBin } from './postgres.ts'

export const patroniConfig = {
  path: patroniConfigFile,
  text: (node: NodeName, restPassword: string | null) => yaml(settings(node, restPassword)),
}

/** What the first node writes for the whole cluster: nothing in it may be true of one node only. */
export const bootstrapSettings = {
  dcs: {
    ttl: 30,
    loop_wait: 10,
    retry_timeout: 10,
    maximum_lag_on_failover: 1048576,
    postgresql: {
      use_pg_rewind: true,
      use_slots: true,
      parameters: {
        wal_level: 'replica',
        hot_standby: 'on',
        max_connections: 200,
        max_wal_senders: 10,
        max_replication_slots: 10,
        wal_log_hints: 'on',
        archive_mode: 'on',
        archive_command: `pgbackrest --stanza=${stanza} archive-push %p`,
      },
    },
  },
  initdb: [{ encoding: 'UTF8' }, 'data-checksums', { 'auth-local': 'peer' }, { 'auth-host': 'scram-sha-256' }],
  pg_hba: [`host replication replicator ${subnet} md5`, `host all all ${subnet} md5`],
}

/** What patronictl needs: where the cluster is, and the REST password if there is one. */
export function patronictlText(restPassword: string | null): string {
  return yaml({ scope, etcd3: { hosts: etcdHosts }, restapi: authentication(restPassword) })
}

const etcdHosts = etcds.map((etcd) => `${address[etcd]}:${ports.etcdClient}`)

function settings(node: NodeName, restPassword: string | null) {
  return {
    scope,
    name: node,
    restapi: {
      listen: `0.0.0.0:${ports.patroni}`,
      connect_address: `${address[node]}:${ports.patroni}`,
      ...authentication(restPassword),
    },
    etcd3: { hosts: etcdHosts },
    bootstrap: bootstrapSettings,
    postgresql: {
      listen: `0.0.0.0:${ports.postgres}`,
      connect_address: `${address[node]}:${ports.postgres}`,
      bin_dir: postgresBin(),
      data_dir: dataFolder(node),
      pgpass: join(hostFolder(node), 'pgpass'),
      basebackup: [{ checkpoint: 'fast' }],
      authentication: {
        superuser: login('postgres'),
        replication: login('replicator'),
      },
      parameters: {
        shared_buffers: '64MB',
        effective_cache_size: '192MB',
        work_mem: '4MB',
        maintenance_work_mem: '32MB',
        checkpoint_completion_target: 0.9,
        wal_buffers: '4MB',
        random_page_cost: 1.1,
        // The nodes share one file system: each needs a socket folder of its own.
        unix_socket_directories: hostFolder(node),
        // POSIX segments of a killed Postgres would stay behind in /dev/shm.
        dynamic_shared_memory_type: 'mmap',
        logging_collector: 'on',
        log_directory: paths.logs(),
        log_filename: `${node}-postgres.log`,
        log_file_mode: '0644',
        log_line_prefix: '%m [%p] %q%u@%d ',
      },
    },
  }
}

function login(role: 'postgres' | 'replicator') {
  const { user, password } = credentials[role]
  return { username: user, password }
}

function authentication(password: string | null) {
  return password === null ? {} : { authentication: { username: restUser, password } }
}

/** JSON is YAML. */
function yaml(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
