import { join } from 'node:path'
import { address, type NodeName, ports, stanza } from './addresses.ts'
import { repositoryPassphrase, s3Account } from './credentials.ts'
import { dataFolder, hostFolder, paths, pgbackrestConfigFile } from './paths.ts'
import { repositoryKinds, type RepositoryKind } from './repositories.ts'
import { s3Certificate } from './s3-certificate.ts'
import { bucket } from './s3.ts'

export const pgbackrestConfig = {
  path: pgbackrestConfigFile,
  text: (node: NodeName) => `[global]
${repositoryKinds().map(repository).join('')}process-max=4
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

function repository(kind: RepositoryKind, index: number): string {
  const settings = [
    ...where[kind](),
    'retention-full=4',
    'retention-diff=14',
    'cipher-type=aes-256-cbc',
    `cipher-pass=${repositoryPassphrase}`,
  ]
  return settings.map((setting) => `repo${index + 1}-${setting}\n`).join('')
}

const where: Record<RepositoryKind, () => string[]> = {
  posix: () => ['type=posix', `path=${paths.repository()}`],
  s3: () => [
    'type=s3',
    'path=/backups',
    `s3-endpoint=${address.s3}`,
    `storage-port=${ports.s3}`,
    `s3-bucket=${bucket}`,
    's3-region=lab',
    's3-uri-style=path',
    `s3-key=${s3Account.key}`,
    `s3-key-secret=${s3Account.secret}`,
    `storage-ca-file=${s3Certificate.path()}`,
    // Small files go together: a request for each of the thousand would be most of the time.
    'bundle=y',
  ],
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
