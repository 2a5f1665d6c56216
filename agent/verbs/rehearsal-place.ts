import { readlink, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { isCode, readIfThere } from '#agent/durable.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { postmasterOf } from './postmaster.ts'
import { namesIn } from './names-in.ts'

/** Where a rehearsal lives: all of it in one folder, but for the file that may outlive it. */
export interface RehearsalPlace {
  root: string
  /** Data folder of its Postgres. */
  data: string
  tablespaces: string
  /** Folder of its socket, for Postgres' user alone. */
  run: string
  log: string
  hba: string
  /** Says, once the backup is restored, which one it was. */
  restored: string
  /** What was taken out of it, beside the folder; `fileFacts` tells its size and digest. */
  file: string
  fileFacts: string
}

/** The place of the rehearsal of this name: beside the data folder, or where agent.toml wants rehearsals. */
export function rehearsalPlace(config: AgentConfig, name: string): RehearsalPlace {
  if (!uuid.test(name)) throw new RefusedError('failed', `"${name}" is no name of a rehearsal.`)
  const root = `${prefix(config)}${name.toLowerCase()}`
  const inRoot = (part: string) => join(root, part)
  return {
    root,
    data: inRoot('data'),
    tablespaces: inRoot('tablespaces'),
    run: inRoot('run'),
    log: inRoot('log'),
    hba: inRoot('hba.conf'),
    restored: inRoot('restored.json'),
    file: `${root}.dump`,
    fileFacts: `${root}.dump.json`,
  }
}

/** The rehearsals of which something lies on this node. */
export async function rehearsalsOf(config: AgentConfig): Promise<{ name: string; hasFile: boolean }[]> {
  const start = prefix(config)
  const found = new Map<string, boolean>()
  for (const entry of await namesIn(dirname(start))) {
    if (!entry.startsWith(basename(start))) continue
    const [, name, rest] = /^(.{36})(\.dump)?$/.exec(entry.slice(basename(start).length)) ?? []
    if (name !== undefined && uuid.test(name)) found.set(name, (found.get(name) ?? false) || rest !== undefined)
  }
  return [...found].map(([name, hasFile]) => ({ name, hasFile }))
}

/** Process number of the rehearsal's own Postgres; null when it does not run. */
export async function rehearsalPostmaster({ data }: RehearsalPlace): Promise<number | null> {
  const pid = await postmasterOf(data)
  if (pid === null) return null
  try {
    // After a crash the number may be the live Postgres' by now: a postmaster works in its own data folder.
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data)) ? pid : null
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * How a client program reaches it: started in `cwd`, with this host and port; null while none runs. The path of a socket may have no more than 107
 * bytes, and a data folder's may be longer: so it is never spelled out.
 */
export async function rehearsalConnection(
  place: RehearsalPlace,
): Promise<{ cwd: string; host: string; port: number } | null> {
  if ((await rehearsalPostmaster(place)) === null) return null
  const port = Number((await readIfThere(join(place.data, 'postmaster.pid')))?.split('\n')[3])
  return Number.isInteger(port) && port > 0 ? { cwd: place.run, host: '/proc/self/cwd', port } : null
}

function prefix({ postgres: { dataFolder }, rehearsal: { folder } }: AgentConfig): string {
  for (const path of [dataFolder, folder ?? dataFolder]) {
    if (isAbsolute(path) && normalize(path) === path && !path.endsWith('/')) continue
    throw new RefusedError(
      'failed',
      `The folder "${path}" of agent.toml must be an absolute path without "..", "//" or "/" at its end.`,
    )
  }
  return `${folder === null ? dataFolder : join(folder, basename(dataFolder))}.matriarch-rehearsal-`
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
