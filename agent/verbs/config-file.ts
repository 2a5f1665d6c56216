import { access, constants } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import type { PatroniPostgres } from './patroni-postgres.ts'

/** Postgres' own configuration file, as Patroni starts it: the first of these places that has one; null = none has. */
export async function configFileOf(
  config: Pick<AgentConfig, 'postgres'>,
  patroni: PatroniPostgres | null,
): Promise<string | null> {
  for (const path of placesOf(config, patroni)) if (await isReadable(path)) return path
  return null
}

/** Says what to do where there is none, without which Postgres does not start; null where there is one. */
export async function configFileFault(
  config: Pick<AgentConfig, 'node' | 'postgres' | 'patroni'>,
  patroni: PatroniPostgres | null,
): Promise<string | null> {
  if ((await configFileOf(config, patroni)) !== null) return null
  const places = placesOf(config, patroni).join(' and ')
  const unread = patroni === null ? `, and ${config.patroni.configFile} could not be read to see where it is` : ''
  return `Postgres' configuration file was not found on ${config.node}: Postgres' user cannot read ${places}${unread}. A recovery starts Postgres with that file: name it as config_file under [postgres] in agent.toml there.`
}

function placesOf(
  { postgres: { configFile, dataFolder } }: Pick<AgentConfig, 'postgres'>,
  patroni: PatroniPostgres | null,
): string[] {
  // Who names one means that one.
  if (configFile !== null) return [configFile]
  const file = `${patroni?.configName ?? 'postgresql'}.conf`
  const folders = [...(patroni?.configFolder ? [resolve(patroni.configFolder)] : []), dataFolder]
  return [...new Set(folders.map((folder) => join(folder, file)))]
}

async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  )
}
