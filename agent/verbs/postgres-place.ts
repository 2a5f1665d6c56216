import { join } from 'node:path'
import { readIfThere } from '#agent/durable.ts'
import { postmasterOf } from './postmaster.ts'

/** Where a running Postgres is reached on its machine. */
export interface PostgresPlace {
  socketFolder: string
  port: number
}

/** The running Postgres' own word on where it is reached, which need not be that of agent.toml; null while none runs there. */
export async function placeOf(dataFolder: string): Promise<PostgresPlace | null> {
  if ((await postmasterOf(dataFolder)) === null) return null
  const lines = (await readIfThere(join(dataFolder, 'postmaster.pid')))?.split('\n') ?? []
  const [port, socketFolder = ''] = [Number(lines[3]), lines[4]]
  return Number.isInteger(port) && port > 0 && socketFolder.startsWith('/') ? { port, socketFolder } : null
}
