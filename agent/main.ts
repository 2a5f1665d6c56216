import { parseArgs } from 'node:util'
import { ownProgram } from '#agent/verbs/own-program.ts'
import { agentVersion } from '#agent/version.ts'

const usualConfig = '/etc/matriarch/agent.toml'

const usage = `matriarch-agent run [--config FILE]            serve the console
matriarch-agent enroll [--config FILE] [--new-console] TOKEN
                                               let the console that made TOKEN in; --new-console: in the
                                               place of one with another key
matriarch-agent sudoers [--config FILE]        what sudo must allow on this node
matriarch-agent version`

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${sentencesOf(error)}\n`)
  process.exitCode = 1
}

async function main(argv: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { config: { type: 'string', default: usualConfig }, 'new-console': { type: 'boolean' } },
  })
  const { 'new-console': isNewConsole = false } = values
  const [command, token, ...rest] = positionals
  if (command === 'version' && token === undefined) {
    process.stdout.write(`${agentVersion}\n`)
    return 0
  }
  if (command === 'run' && token === undefined) {
    const { run } = await import('./run.ts')
    await run(values.config, ownWords(values.config))
    return 0
  }
  if (command === 'sudoers' && token === undefined) return printSudoers(values.config)
  // Not for people: how the agent does its long work, and what sudo lets it do as the Postgres user.
  if (command === 'job' && token !== undefined && rest.length === 0) {
    const { runJob } = await import('#agent/jobs/run-job.ts')
    return runJob(token)
  }
  if (command === 'run-verb' && token !== undefined && rest.length === 0) return runVerbOf(values.config, token)
  if (command === 'enroll' && token !== undefined && rest.length === 0) {
    return enrollWith(values.config, { token, isNewConsole })
  }
  process.stderr.write(`${usage}\n`)
  return 2
}

async function enrollWith(configFile: string, given: { token: string; isNewConsole: boolean }): Promise<number> {
  const { readConfig } = await import('#agent/config/read-config.ts')
  const { becomeOwnerOf } = await import('./become-owner.ts')
  const { createLog } = await import('#agent/log.ts')
  const { enroll } = await import('#agent/enrol/enroll.ts')
  const config = readConfig(configFile)
  becomeOwnerOf(config.stateFolder)
  const stopped = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopped.abort())
  const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
  return enroll({ config, ...given, log: createLog('silent'), clock: Date.now, say, signal: stopped.signal })
}

async function runVerbOf(configFile: string, verb: string): Promise<number> {
  const { runVerb } = await import('#agent/run-verb.ts')
  const { readConfig } = await import('#agent/config/read-config.ts')
  const say = (line: string) => process.stdout.write(`${line}\n`)
  return runVerb({ verb, configFile, readConfig, input: process.stdin, say })
}

async function printSudoers(configFile: string): Promise<number> {
  const { readConfig } = await import('#agent/config/read-config.ts')
  const { sudoersOf } = await import('#agent/verbs/sudoers.ts')
  const config = readConfig(configFile)
  process.stdout.write(sudoersOf({ config, ownProgram: ownWords(configFile), agentUser: 'matriarch-agent' }))
  return 0
}

/** How this program calls itself, where its settings are not in the usual place too. */
function ownWords(configFile: string): string[] {
  return [...ownProgram(), ...(configFile === usualConfig ? [] : ['--config', configFile])]
}

/** The sentence and what lies behind it. */
function sentencesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${sentencesOf(error.cause)})` : error.message
}
