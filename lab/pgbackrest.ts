import { join } from 'node:path'
import { type NodeName, ports, stanza } from './addresses.ts'
import { repositoryPassphrase } from './credentials.ts'
import { dataFolder, hostFolder, paths } from './paths.ts'

export const pgbackrestConfig = {
  path: (node: NodeName) => join(hostFolder(node), 'pgbackrest.conf'),
  text: (node: NodeName) => `[global]
repo1-type=posix
repo1-path=${paths.repository()}
repo1-retention-full=4
repo1-retention-diff=14
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${repositoryPassphrase}
process-max=4
compress-type=zst
compress-level=3
start-fast=y
log-level-console=warn
log-level-file=info
log-path=${pgbackrestFolder(node)}
lock-path=${join(pgbackrestFolder(node), 'lock')}
spool-path=${join(pgbackrestFolder(node), 'spool')}

[${stanza}]
pg1-path=${dataFolder(node)}
pg1-port=${ports.postgres}
pg1-socket-path=${hostFolder(node)}
`,
}

/** pgBackRest makes its lock and spool folders by itself, but not the one for its logs. */
export function pgbackrestFolder(node: NodeName): string {
  return join(hostFolder(node), 'pgbackrest')
}

/** A pgBackRest command as it runs on the node, where it finds its own settings. */
export function pgbackrest(node: NodeName, ...args: string[]) {
  return {
    command: ['/usr/bin/pgbackrest', `--stanza=${stanza}`, ...args],
    env: { PGBACKREST_CONFIG: pgbackrestConfig.path(node) },
  }
}
