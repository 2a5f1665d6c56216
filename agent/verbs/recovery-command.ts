import { join } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { readIfThere } from '#agent/durable.ts'
import type { LeastSettings } from '#domain/recovery/least-settings.ts'
import { besideData } from './machine.ts'
import type { WayIn } from './way-in.ts'

/** How a recovery's Postgres must differ from machine to machine. */
export interface RecoveryStart {
  port: number
  majorVersion: number
  /** Postgres' own configuration file. */
  configFile: string
  wayIn: WayIn
  /** What replaying needs at least. */
  least: LeastSettings
}

/** The arguments of the Postgres that recovers on its own: reachable from this machine alone, and silent to the archive. */
export function recoveryArguments(
  config: AgentConfig,
  { port, majorVersion, configFile, wayIn, least }: RecoveryStart,
): string[] {
  const { dataFolder } = config.postgres
  const settings = [
    // A file elsewhere may name a data folder itself; postgresql.auto.conf, with the target, is read from this one.
    ...(configFile === join(dataFolder, 'postgresql.conf')
      ? []
      : [`config_file=${configFile}`, `data_directory=${dataFolder}`]),
    `listen_addresses=${['localhost', ...(wayIn.address === null ? [] : [wayIn.address])].join(',')}`,
    `port=${port}`,
    `unix_socket_directories=${wayIn.socketFolders.join(',')}`,
    // With this, whoever reaches the socket is Postgres' user: the access file can trust it.
    'unix_socket_permissions=0700',
    `hba_file=${besideData(dataFolder).hba}`,
    // The archive stays clean until the new timeline is wanted; with /bin/true its first segments would be lost.
    'archive_command=/bin/false',
    ...(majorVersion >= 15 ? ['archive_library='] : []),
    'hot_standby=on',
    ...Object.entries(least).map(([name, value]) => `${name}=${value}`),
    // Where Patroni insists on it, it stays as it is configured.
    ...(wayIn.keepsTls ? [] : ['ssl=off']),
    // The log is read by us: in one place, in one language, in one zone.
    'logging_collector=off',
    'log_destination=stderr',
    // Not `log`, which leaves warnings out: that settings do not suffice is one.
    'log_min_messages=warning',
    'log_min_error_statement=panic',
    'log_line_prefix=%m [%p] ',
    'lc_messages=C',
    'log_timezone=UTC',
    'TimeZone=UTC',
  ]
  return ['-D', dataFolder, ...settings.flatMap((setting) => ['-c', setting])]
}

/** The program that recovers. */
export function recoveryProgram(config: AgentConfig): string {
  return join(config.postgres.binFolder, 'postgres')
}

/** True where what runs on this data folder was started as a recovery: Postgres writes down what it was started with. */
export async function isRecovery(dataFolder: string, port: number | null = null): Promise<boolean> {
  const options = (await readIfThere(join(dataFolder, 'postmaster.opts'))) ?? ''
  return options.includes('archive_command=/bin/false') && (port === null || options.includes(`port=${port}"`))
}

/**
 * Who may come in while it recovers. By the socket, which is Postgres' user's alone, the superuser and whoever's queries are asked
 * there. From this machine, with a password, the superuser and replication: Patroni takes over what was recovered before it can
 * restart it. Nobody else: a pooler beside it would let an application write into what may yet be thrown away.
 */
export function recoveryAccess(
  { postgres: { superuser, checkUser } }: Pick<AgentConfig, 'postgres'>,
  { address }: Pick<WayIn, 'address'>,
): string {
  const local = [superuser, ...(checkUser === null ? [] : [checkUser])].map((role) => `"${role}"`).join(',')
  return [
    `local all ${local} trust`,
    'local replication all trust',
    ...['127.0.0.1/32', '::1/128', ...(address === null ? [] : ['samehost'])].flatMap((from) => [
      `host all "${superuser}" ${from} md5`,
      `host replication all ${from} md5`,
    ]),
    '',
  ].join('\n')
}
