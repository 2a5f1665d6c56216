import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { AgentConfig } from '#agent/config/agent-config.ts'

export interface BuiltAgent extends AsyncDisposable {
  folder: string
  /** How it is called; it takes `job`, `run-verb` and `perform`. */
  program: string[]
  config: AgentConfig
}

/** Builds, in a folder of its own, one file that does what the agent's program does with jobs and verbs. */
export async function buildAgent(change: (config: AgentConfig, folder: string) => AgentConfig): Promise<BuiltAgent> {
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-agent-'))
  const file = join(folder, 'agent.mjs')
  const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
    logLevel: 'error',
    // Some packages are CommonJS: what they require of Node itself must find a require in this module.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
  })
  const config = change(blankConfig(folder), folder)
  await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o644 })
  return {
    folder,
    program: [process.execPath, file],
    config,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Writes a small program that a test lets the agent run. */
export async function writeProgram(path: string, body: string): Promise<string> {
  await writeFile(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  // A file that another process of the test still holds open for writing cannot be run: see that it can.
  execFileSync('/bin/sh', ['-n', path])
  return path
}

/** A configuration whose paths all lie in one folder. */
export function blankConfig(folder: string): AgentConfig {
  return {
    node: 'alpha',
    listen: { host: '127.0.0.1', port: 1 },
    stateFolder: join(folder, 'state'),
    postgres: {
      user: 'postgres',
      superuser: 'postgres',
      checkUser: null,
      dataFolder: join(folder, 'data'),
      binFolder: '/usr/lib/postgresql/15/bin',
      port: 5432,
      socketFolder: folder,
      logFile: null,
      configFile: null,
    },
    pgbouncer: null,
    pgbackrest: { program: join(folder, 'pgbackrest'), stanza: 'demo', configFile: null, logFolder: null },
    rehearsal: { folder: null },
    patroni: {
      configFile: join(folder, 'patroni.yml'),
      restUrl: 'http://127.0.0.1:1',
      logFile: null,
      service: { stop: [], start: [], mask: [], unmask: [], status: ['/bin/true'] },
    },
    become: { postgres: [], service: [] },
    vetoed: [],
  }
}

const entry = `
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runJob, runJobToCome } from './agent/jobs/run-job.ts'
import { runVerb } from './agent/run-verb.ts'
import { makeVerbs } from './agent/verbs/make-verbs.ts'
const [, file, command, ...words] = process.argv
const configFile = join(dirname(file), 'config.json')
const readConfig = (path) => JSON.parse(readFileSync(path, 'utf8'))
const say = (line) => void process.stdout.write(line + '\\n')
if (command === 'job') process.exitCode = await (words[0] === undefined ? runJobToCome(600) : runJob(words[0], 600))
if (command === 'run-verb') process.exitCode = await runVerb({ verb: words[0], configFile, readConfig, input: process.stdin, say })
if (command === 'perform') {
  const [verb, operation, step, args] = words
  const verbs = await makeVerbs(readConfig(configFile), { info: () => {} }, { program: [process.execPath, file] })
  await verbs.perform(verb, JSON.parse(args), { audience: 'a', operation, step, epoch: 1, planHash: null })
  say('begun')
  setInterval(() => {}, 1000)
}
`
