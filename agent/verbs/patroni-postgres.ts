import * as z from 'zod/mini'
import { catch as orElse } from 'zod/mini'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { readIfThere } from '#agent/durable.ts'

/** What Patroni's own configuration file says of the Postgres that it starts, as far as a recovery outside Patroni hangs on it. */
export interface PatroniPostgres {
  /** Where Postgres' configuration lies; null = in the data folder. */
  configFolder: string | null
  /** Name of its file, without `.conf`. */
  configName: string
  /** The address by which Patroni reaches Postgres where it does not come by a socket. */
  address: string
  /** True where it comes by a socket, in `socketFolder`, or in its own usual one where that is null. */
  usesSocket: boolean
  socketFolder: string | null
  /** True where it, or whoever replicates, insists on TLS. */
  wantsTls: boolean
  superuser: { name: string | null; hasPassword: boolean; hasCertificate: boolean }
}

const text = orElse(z.nullish(z.string()), null)
const login = orElse(
  z.nullish(z.object({ username: text, password: z.optional(z.unknown()), sslmode: text, sslcert: text })),
  null,
)

const form = z.object({
  postgresql: z.object({
    config_dir: text,
    config_base_name: text,
    listen: text,
    use_unix_socket: z.optional(z.unknown()),
    parameters: orElse(z.nullish(z.object({ unix_socket_directories: text })), null),
    authentication: orElse(z.nullish(z.object({ superuser: login, replication: login })), null),
  }),
})

/** Reads Patroni's configuration; null where it is not there, may not be read, or is no YAML that tells of a Postgres. */
export async function readPatroniPostgres({ patroni }: Pick<AgentConfig, 'patroni'>): Promise<PatroniPostgres | null> {
  const yaml = await readIfThere(patroni.configFile).catch(() => null)
  return yaml === null ? null : parsePatroniPostgres(yaml)
}

/** The same of its text. */
export async function parsePatroniPostgres(yaml: string): Promise<PatroniPostgres | null> {
  // Most verbs need none.
  const { parse } = await import('yaml')
  let read: unknown
  try {
    // As Patroni's own reader takes it.
    read = parse(yaml, { version: '1.1', uniqueKeys: false, logLevel: 'silent' })
  } catch {
    return null
  }
  const parsed = form.safeParse(read)
  if (!parsed.success) return null
  const { config_dir, config_base_name, listen, use_unix_socket, parameters, authentication } = parsed.data.postgresql
  const superuser = authentication?.superuser
  return {
    configFolder: config_dir || null,
    configName: config_base_name || 'postgresql',
    address: addressIn(listen ?? ''),
    usesSocket: Boolean(use_unix_socket),
    socketFolder:
      (parameters?.unix_socket_directories ?? '')
        .split(',')
        .map((folder) => folder.trim())
        .find((folder) => folder.startsWith('/')) ?? null,
    wantsTls: [superuser, authentication?.replication].some((one) => insisting.has(one?.sslmode ?? '')),
    superuser: {
      name: superuser?.username || null,
      hasPassword: Boolean(superuser?.password),
      hasCertificate: Boolean(superuser?.sslcert),
    },
  }
}

const insisting = new Set(['require', 'verify-ca', 'verify-full'])

/** As Patroni chooses among the addresses that Postgres listens on: localhost where it can, else the first. */
function addressIn(listen: string): string {
  const addresses = listen
    .replace(/:\d*$/, '')
    .split(',')
    .map((one) => one.trim().replace(/^\[|\]$/g, ''))
  const isLocal = addresses.some((one) => ['', '*', '0.0.0.0', '127.0.0.1', 'localhost'].includes(one.toLowerCase()))
  // All of IPv6: who connects to that comes to this.
  return isLocal ? 'localhost' : (addresses[0] ?? '').replace(/^::$/, '::1')
}
