import { execFile } from 'node:child_process'
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { AppError } from '#server/errors.ts'
import { bareEnv } from './bare-env.ts'
import type { Binaries } from './binaries.ts'
import type { RunAs } from './run-as.ts'

/** Makes a new data folder with the superuser `postgres`; an interrupted one is begun anew. */
export async function initialise(to: {
  binaries: Binaries
  runAs: RunAs
  dataFolder: string
  superuserPassword: string
}): Promise<void> {
  const unfinished = `${to.dataFolder}.unfinished`
  const passwordFile = `${to.dataFolder}.password`
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, `${to.superuserPassword}\n`, { mode: 0o600, flag: 'wx' })
  if (process.getuid?.() === 0)
    for (const path of [unfinished, passwordFile]) chownSync(path, to.runAs.uid, to.runAs.gid)
  const { command, args } = to.runAs.wrap(to.binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--lc-collate=C',
    '--lc-ctype=C',
    '--no-instructions',
  ])
  try {
    await promisify(execFile)(command, args, {
      env: bareEnv,
      cwd: '/',
      timeout: 120_000,
    })
  } catch (cause) {
    const words = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().slice(-600) : String(cause)
    throw new AppError('internal', `The embedded store could not be made in ${to.dataFolder}: ${words}`, { cause })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, to.dataFolder)
}
