import { access, constants, lstat, readFile, readlink, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isCode } from '#agent/durable.ts'
import type { DataPlace } from '#domain/recovery/data-place.ts'
import { namesIn } from './names-in.ts'

/** Tells where the data lies, so that nobody learns only when the cluster is down that the folder cannot be set aside whole. */
export async function seePlace(folder: string): Promise<DataPlace> {
  const [real, mounts] = await Promise.all([realpath(folder), mountPoints()])
  const [isLinked, isParentWritable, wal, tablespaces] = await Promise.all([
    isLink(folder),
    mayWrite(dirname(folder)),
    elsewhere(real, ['pg_wal'], mounts),
    namesIn(join(real, 'pg_tblspc')).then((names) => elsewhere(join(real, 'pg_tblspc'), names, mounts)),
  ])
  return {
    folder,
    linkedTo: isLinked ? real : null,
    isMount: mounts.has(real),
    walPath: wal[0]?.path ?? null,
    tablespaces: tablespaces.slice(0, mostTablespaces).map(({ name, path }) => ({ oid: name, path })),
    isParentWritable,
  }
}

const mostTablespaces = 100

/** Those that are links or mounted, with where they lead. */
async function elsewhere(folder: string, names: readonly string[], mounts: ReadonlySet<string>) {
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      if (mounts.has(path)) return [{ name, path }]
      return (await isLink(path)) ? [{ name, path: await leadsTo(path) }] : []
    }),
  )
  return found.flat()
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

/** What a link says, where nothing is there. */
async function leadsTo(link: string): Promise<string> {
  return realpath(link).catch(async () => resolve(dirname(link), await readlink(link)))
}

async function mayWrite(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** Also those on the same device as what is around them, which can be renamed no more than others. */
async function mountPoints(): Promise<ReadonlySet<string>> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n')
  return new Set(lines.map((line) => unescaped(line.split(' ')[4] ?? '')))
}

/** The kernel writes blanks and the like as octal numbers. */
function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
