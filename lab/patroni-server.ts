import type { NodeName } from './addresses.ts'
import { hostFolder, patroniConfigFile, pgbackrestConfigFile } from './paths.ts'
import type { Server } from './processes.ts'

export function patroniServer(node: NodeName): Server {
  return {
    host: node,
    name: 'patroni',
    user: 'postgres',
    command: ['/usr/bin/patroni', patroniConfigFile(node)],
    // Node-local: archive_command is cluster-wide, so what differs between nodes travels in the environment.
    env: { PGBACKREST_CONFIG: pgbackrestConfigFile(node), HOME: hostFolder(node) },
  }
}
