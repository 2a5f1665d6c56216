import * as z from 'zod/mini'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { readIfThere } from '#agent/durable.ts'

/** What Patroni's own configuration file says of the Postgres that it starts, as far as a recovery outside Patroni hangs on it. */
export interface PatroniPostgres {
  /** Where Postgres' configuration lies; null = in the data folder. */
  configFolder: string | null
  /** Name of its file, without `.conf`. */
  configName: string
}

const text = z.catch(z.nullish(z.string()), null)

const form = z.object({
  postgresql: z.object({ config_dir: text, config_base_name: text }),
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
  const { config_dir: folder, config_base_name: name } = parsed.data.postgresql
  return { configFolder: folder || null, configName: name || 'postgresql' }
}
