import { join } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { readIfThere } from '#agent/durable.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { postmasterOf } from './postmaster.ts'
import { rehearsalConnection, rehearsalPlace } from './rehearsal-place.ts'

/** Where a running Postgres is reached on its machine. */
export interface PostgresPlace {
  socketFolder: string
  port: number
  /** Where who asks it must be started, when the folder is told from there. */
  cwd?: string
}

/** The node's Postgres, or that of a rehearsal; refuses where it does not run. */
export async function requirePlace(config: AgentConfig, rehearsal: string | null): Promise<PostgresPlace> {
  if (rehearsal === null) {
    const place = await placeOf(config.postgres.dataFolder)
    if (place !== null) return place
    throw new RefusedError('conflict', `No Postgres runs on ${config.postgres.dataFolder}: there is none to ask.`)
  }
  const found = await rehearsalConnection(rehearsalPlace(config, rehearsal))
  if (found !== null) return { socketFolder: found.host, port: found.port, cwd: found.cwd }
  throw new RefusedError(
    'conflict',
    `The rehearsal ${rehearsal} does not run on node "${config.node}": start it first.`,
  )
}

/** The running Postgres' own word on where it is reached, which need not be that of agent.toml; null while none runs there. */
export async function placeOf(dataFolder: string): Promise<PostgresPlace | null> {
  if ((await postmasterOf(dataFolder)) === null) return null
  const lines = (await readIfThere(join(dataFolder, 'postmaster.pid')))?.split('\n') ?? []
  const [port, socketFolder = ''] = [Number(lines[3]), lines[4]]
  return Number.isInteger(port) && port > 0 && socketFolder.startsWith('/') ? { port, socketFolder } : null
}
