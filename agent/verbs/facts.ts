import { readdir, readFile, statfs } from 'node:fs/promises'
import { cpus, hostname, machine as architecture, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { readIfThere } from '#agent/durable.ts'
import { scrubConfig } from '#agent/jobs/scrub.ts'
import type { Facts } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { callProgram } from './call-program.ts'
import type { Machine } from './machine.ts'
import { environmentOf, programFrom } from './program.ts'

type Wanted = ArgsOf<'facts'>

/** What Postgres' user sees of the machine; the agent adds what it knows better itself. */
export async function gatherFacts(machine: Machine, { withoutVersions }: Wanted): Promise<Facts> {
  const { config } = machine
  const problems: string[] = []
  const tried = async <T>(what: string, look: () => Promise<T>): Promise<T | null> => {
    try {
      return await look()
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      problems.push(`${what}: ${scrubConfig(why)}`)
      return null
    }
  }
  const { dataFolder, binFolder } = config.postgres
  const version = (what: string, words: string[]) =>
    withoutVersions === true ? Promise.resolve(null) : tried(what, () => said(machine, words))
  // Begun before the files are read: the programs are started beside each other.
  const versions = Promise.all([
    version('postgres', [join(binFolder, 'postgres'), '--version']),
    version('pgbackrest', [config.pgbackrest.program, 'version']),
  ])
  const files = (await tried('pgBackRest configuration', () => pgbackrestFiles(config.pgbackrest.configFile))) ?? []
  const repositories = await Promise.all(posixPaths(files).map((path) => tried(path, () => roomAt(path))))
  const [programVersion, pgbackrestVersion] = await versions
  const patroni = await tried('Patroni configuration', () => readFile(config.patroni.configFile, 'utf8'))
  return {
    agent: '',
    node: process.version,
    os: {
      name: (await osName()) ?? 'Linux',
      kernel: release(),
      architecture: architecture(),
      host: hostname(),
      processors: cpus().length,
      memoryBytes: totalmem(),
    },
    dataFolder: await tried('Data folder', () => roomAt(dataFolder)),
    repositories: repositories.filter((room) => room !== null),
    postgres: {
      dataVersion: (await tried('PG_VERSION', () => readIfThere(join(dataFolder, 'PG_VERSION'))))?.trim() ?? null,
      programVersion,
    },
    pgbackrest: {
      stanza: config.pgbackrest.stanza,
      version: pgbackrestVersion,
      config: files.map(({ path, text }) => ({ path, text: scrubConfig(text).slice(0, 64 * 1024) })),
    },
    patroni: {
      version: null,
      config:
        patroni === null ? null : { path: config.patroni.configFile, text: scrubConfig(patroni).slice(0, 128 * 1024) },
      service: null,
    },
    problems,
  }
}

/** What a program says of itself in one line. */
async function said({ config, signal }: Machine, words: string[]): Promise<string> {
  const program = programFrom(words, environmentOf(config), 'postgres')
  const { exitCode, stdout, stderr } = await callProgram({ program, input: null, deadlineMs: 3_000, signal })
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr.trim().slice(0, 200)}`)
  return stdout.trim().slice(0, 200)
}

async function roomAt(path: string): Promise<{ path: string; totalBytes: number; freeBytes: number }> {
  const { blocks, bavail, bsize } = await statfs(path)
  return { path, totalBytes: blocks * bsize, freeBytes: bavail * bsize }
}

async function osName(): Promise<string | null> {
  const text = await readIfThere('/etc/os-release')
  return text === null ? null : (/^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? null)
}

interface ConfigFile {
  path: string
  text: string
}

async function pgbackrestFiles(configured: string | null): Promise<ConfigFile[]> {
  if (configured !== null) return [{ path: configured, text: await readFile(configured, 'utf8') }]
  const included = await readdir(includeFolder).catch(() => [])
  const paths = [
    '/etc/pgbackrest/pgbackrest.conf',
    '/etc/pgbackrest.conf',
    ...included.filter((name) => name.endsWith('.conf')).map((name) => join(includeFolder, name)),
  ]
  const files = await Promise.all(paths.map(async (path) => ({ path, text: await readIfThere(path) })))
  return files.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]))
}

const includeFolder = '/etc/pgbackrest/conf.d'

/** Folders of repositories on this machine's own disks. */
export function posixPaths(files: readonly ConfigFile[]): string[] {
  const text = files.map((file) => file.text).join('\n')
  const elsewhere = new Set<string>()
  for (const [, key = ''] of text.matchAll(/^\s*repo(\d+)-(?:host\s*=|type\s*=\s*(?!posix|cifs))/gm)) elsewhere.add(key)
  return [...text.matchAll(/^\s*repo(\d+)-path\s*=\s*(\S.*?)\s*$/gm)].flatMap(([, key = '', path = '']) =>
    elsewhere.has(key) ? [] : [path],
  )
}
