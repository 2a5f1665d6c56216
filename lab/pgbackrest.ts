import { join } from 'node:path'
import { type NodeName, ports, stanza } from './addresses.ts'
import { dataFolder, hostFolder, paths } from './paths.ts'

export const pgbackrestConfig = {
  path: (node: NodeName) => join(hostFolder(node), 'pgbackrest.conf'),
  text: (node: NodeName) => `[global]
repo1-type=posix
repo1-path=${paths.repository()}
repo1-retention-full=4
repo1-retention-diff=14
process-max=2
compress-type=zst
compress-level=3
start-fast=y
log-level-console=warn
log-level-file=info
log-path=${join(hostFolder(node), 'pgbackrest/log')}
lock-path=${join(hostFolder(node), 'pgbackrest/lock')}
spool-path=${join(hostFolder(node), 'pgbackrest/spool')}

[${stanza}]
pg1-path=${dataFolder(node)}
pg1-port=${ports.postgres}
pg1-socket-path=${hostFolder(node)}
`,
}

/** A pgBackRest command as it runs on the node, where it finds its own settings. */
export function pgbackrest(node: NodeName, ...args: string[]) {
  return {
    command: ['/usr/bin/pgbackrest', `--stanza=${stanza}`, ...args],
    env: { PGBACKREST_CONFIG: pgbackrestConfig.path(node) },
  }
}
