import { join } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { besideData } from './machine.ts'

/** The arguments of the Postgres that recovers on its own: reachable from this machine alone, and silent to the archive. */
export function recoveryArguments(config: AgentConfig, port: number, majorVersion: number): string[] {
  const { dataFolder, socketFolder } = config.postgres
  const settings = [
    'listen_addresses=localhost',
    `port=${port}`,
    `unix_socket_directories=${socketFolder}`,
    // With this, whoever reaches the socket is Postgres' user: the access file can trust it.
    'unix_socket_permissions=0700',
    `hba_file=${besideData(dataFolder).hba}`,
    // The archive stays clean until the new timeline is wanted; with /bin/true its first segments would be lost.
    'archive_command=/bin/false',
    ...(majorVersion >= 15 ? ['archive_library='] : []),
    'hot_standby=on',
    'ssl=off',
    // The log is read by us: in one place, in one language, in one zone.
    'logging_collector=off',
    'log_destination=stderr',
    'log_min_messages=log',
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

/** Who may come in while it recovers: Postgres' own user by the socket, and from this machine who knows a password. */
export const recoveryAccess = [
  'local all,replication all trust',
  'host all,replication all 127.0.0.1/32 md5',
  'host all,replication all ::1/128 md5',
  '',
].join('\n')
