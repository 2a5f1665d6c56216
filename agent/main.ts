import { parseArgs } from 'node:util'
import { ownProgram } from '#agent/verbs/own-program.ts'
import { agentVersion } from '#agent/version.ts'

const usualConfig = '/etc/matriarch/agent.toml'

const usage = `matriarch-agent run [--config FILE]            serve the console
matriarch-agent enroll [--config FILE] [--new-console] TOKEN
                                               let the console that made TOKEN in; --new-console: in the
                                               place of one with another key
matriarch-agent sudoers [--config FILE]        what sudo must allow on this node
matriarch-agent checkpoints [--config FILE]    what this node holds of the console's audit log, for an auditor
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
    const { commands } = await import('./commands.ts')
    return commands.run(values.config, ownWords(values.config))
  }
  if (command === 'sudoers' && token === undefined) {
    const { commands } = await import('./commands.ts')
    return commands.sudoers(values.config, ownWords(values.config))
  }
  if (command === 'checkpoints' && token === undefined) {
    const { commands } = await import('./commands.ts')
    return commands.checkpoints(values.config)
  }
  // Not for people: how the agent does its long work, and what sudo lets it do as the Postgres user.
  if (command === 'job' && rest.length === 0) {
    const { runJob, runJobToCome } = await import('./jobs/run-job.ts')
    return token === undefined ? runJobToCome() : runJob(token)
  }
  if (command === 'run-verb' && token !== undefined && rest.length === 0) {
    const { runVerbHere } = await import('./run-verb-here.ts')
    return runVerbHere(values.config, token)
  }
  // What the agent has done apart at its first start.
  if (command === 'keys' && token === undefined) {
    const { commands } = await import('./commands.ts')
    return commands.keys(values.config)
  }
  if (command === 'enroll' && token !== undefined && rest.length === 0) {
    const { commands } = await import('./commands.ts')
    return commands.enroll(values.config, { token, isNewConsole })
  }
  process.stderr.write(`${usage}\n`)
  return 2
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
