import { execFile, execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import type { Machine } from '#agent/verbs/machine.ts'
import { blankConfig } from './built-agent.ts'

export interface TestPostgres extends AsyncDisposable {
  folder: string
  machine: Machine
  /** What its verbs told a person. */
  said: string[]
  /** Runs SQL as the superuser; rows as psql's `-At` tells them. */
  sql: (text: string, database?: string) => Promise<string>
  /** Runs a program of Postgres, or another by its full path, as the user that it runs as. */
  program: (name: string, words: readonly string[], database?: string) => Promise<string>
  /** Starts it with more arguments of its own. */
  start: (words: readonly string[]) => Promise<void>
  stop: () => Promise<void>
}

/** This machine's own newest Postgres, psql and all, on data of its own that is gone at the end of the `await using` block. */
export async function testPostgres(change: (config: AgentConfig) => AgentConfig = (one) => one): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-pg-'))
  const user = runAs()
  if ('uid' in user) chownSync(folder, user.uid, user.gid)
  const blank = blankConfig(folder)
  const config = change({ ...blank, postgres: { ...blank.postgres, binFolder: binFolder(), user: 'postgres' } })
  const { dataFolder, binFolder: bin } = config.postgres
  const program = async (name: string, words: readonly string[], database = 'postgres') => {
    const file = name.startsWith('/') ? name : join(bin, name)
    const { stdout } = await promisify(execFile)(file, words, {
      ...user,
      cwd: '/',
      env: bareEnvironment({ PATH: '/usr/bin:/bin', TZ: 'UTC', PGDATABASE: database }),
    })
    return stdout.trim()
  }
  const stop = async () => {
    if (existsSync(join(dataFolder, 'postmaster.pid')))
      await program('pg_ctl', ['-D', dataFolder, '-m', 'immediate', '-w', 'stop'])
  }
  await program('initdb', ['-D', dataFolder, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C'])
  const said: string[] = []
  return {
    folder,
    said,
    machine: { config, signal: new AbortController().signal, say: (line) => void said.push(line) },
    program,
    stop,
    sql: (text, database = 'postgres') =>
      program('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', 'postgres', '-c', text], database),
    start: async (words) => {
      const options = [`-k ${folder}`, '-c listen_addresses=', '-c fsync=off', ...words]
      const log = join(folder, 'postgres.log')
      await program('pg_ctl', ['-D', dataFolder, '-w', '-l', log, '-o', options.join(' '), 'start'])
    },
    [Symbol.asyncDispose]: async () => {
      await stop().catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Postgres refuses to run as root. */
export function runAs(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function binFolder(): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isInteger) : []
  const newest = versions.toSorted((a, b) => b - a).find((one) => existsSync(join(root, `${one}/bin/initdb`)))
  if (newest === undefined) throw new Error(`There is no Postgres under ${root}: run bash tools/bootstrap.sh`)
  return join(root, `${newest}/bin`)
}
