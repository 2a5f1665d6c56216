import { parseArgs } from 'node:util'
import { agentVersion } from '#agent/version.ts'

const usage = `matriarch-agent run [--config FILE]            serve the console
matriarch-agent enroll [--config FILE] TOKEN   let the console that made TOKEN in
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
    options: { config: { type: 'string', default: '/etc/matriarch/agent.toml' } },
  })
  const [command, token, ...rest] = positionals
  if (command === 'version' && token === undefined) {
    process.stdout.write(`${agentVersion}\n`)
    return 0
  }
  if (command === 'run' && token === undefined) {
    const { run } = await import('./run.ts')
    await run(values.config)
    return 0
  }
  if (command === 'enroll' && token !== undefined && rest.length === 0) return enrollWith(values.config, token)
  process.stderr.write(`${usage}\n`)
  return 2
}

async function enrollWith(configFile: string, token: string): Promise<number> {
  const { readConfig } = await import('#agent/config/read-config.ts')
  const { becomeOwnerOf } = await import('./become-owner.ts')
  const { createLog } = await import('#agent/log.ts')
  const { enroll } = await import('#agent/enrol/enroll.ts')
  const config = readConfig(configFile)
  becomeOwnerOf(config.stateFolder)
  const stopped = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopped.abort())
  const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
  return enroll({ config, token, log: createLog('silent'), clock: Date.now, say, signal: stopped.signal })
}

/** The sentence and what lies behind it. */
function sentencesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${sentencesOf(error.cause)})` : error.message
}
