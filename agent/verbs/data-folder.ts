import { lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, isAbsolute, normalize } from 'node:path'
import { isCode, syncFolder } from '#agent/durable.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { requireStopped } from './postmaster.ts'

export interface Aside {
  dataFolder: string
  /** The operation whose data is set aside, as a UUID. */
  name: string
}

/** Sets the data folder aside under a name of its own and leaves an empty one; done before, it is found done. */
export async function moveAside({ dataFolder, name }: Aside): Promise<string> {
  const aside = asideOf(dataFolder, name)
  if ((await whatIs(aside)) === 'folder') {
    if ((await whatIs(dataFolder)) === 'nothing') await mkdir(dataFolder, { mode: 0o700 })
    return `${aside} was set aside before.`
  }
  await requireStopped(dataFolder)
  await requireFolder(dataFolder)
  await move(dataFolder, aside)
  await mkdir(dataFolder, { mode: 0o700 })
  await syncFolder(dirname(dataFolder))
  return `${dataFolder} is now ${aside}.`
}

/** Puts the data back that was set aside; refuses to put it over other data. */
export async function putBack({ dataFolder, name }: Aside): Promise<string> {
  const aside = asideOf(dataFolder, name)
  await requireStopped(dataFolder)
  if ((await whatIs(aside)) !== 'folder') {
    if ((await whatIs(dataFolder)) === 'folder' && (await readdir(dataFolder)).includes('PG_VERSION')) {
      return `There is no ${aside}, and ${dataFolder} holds data: it was put back before.`
    }
    throw new RefusedError(
      'not-found',
      `There is no ${aside} to put back, and ${dataFolder} holds no data: see what is on the node.`,
    )
  }
  if ((await whatIs(dataFolder)) !== 'nothing') {
    await requireFolder(dataFolder)
    if ((await readdir(dataFolder)).length > 0) {
      throw new RefusedError(
        'conflict',
        `${dataFolder} is not empty: set its data aside under another name before ${aside} is put back.`,
      )
    }
    await rmdir(dataFolder)
  }
  await move(aside, dataFolder)
  return `${aside} is ${dataFolder} again.`
}

/** Deletes data that was set aside, for good; nothing else can be named. */
export async function discard({ dataFolder, name }: Aside): Promise<string> {
  const aside = asideOf(dataFolder, name)
  if ((await whatIs(aside)) === 'nothing') return `There is no ${aside}: it was discarded before.`
  await requireFolder(aside)
  await requireStopped(aside)
  // Links within it are removed themselves; what they lead to stays.
  await rm(aside, { recursive: true })
  await syncFolder(dirname(aside))
  return `${aside} is deleted.`
}

function asideOf(dataFolder: string, name: string): string {
  const isPlain = isAbsolute(dataFolder) && normalize(dataFolder) === dataFolder && !dataFolder.endsWith('/')
  if (!isPlain || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) {
    throw new RefusedError(
      'failed',
      `The data folder "${dataFolder}" of agent.toml must be an absolute path without "..", "//" or "/" at its end.`,
    )
  }
  return `${dataFolder}.matriarch-${name.toLowerCase()}`
}

async function whatIs(path: string): Promise<'nothing' | 'folder' | 'other'> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'other'
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 'nothing'
    throw error
  }
}

async function requireFolder(path: string): Promise<void> {
  const found = await whatIs(path)
  if (found === 'folder') return
  const what = found === 'nothing' ? 'does not exist' : 'is no folder but a link or a file'
  throw new RefusedError('conflict', `${path} ${what}: correct dataFolder in agent.toml, or do this by hand.`)
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const sentence = `${from} cannot be renamed to ${to}: ${why}. Both must be in one file system, in a folder that Postgres' user may write.`
    throw new RefusedError('failed', sentence, { cause })
  }
  await syncFolder(dirname(from))
}
