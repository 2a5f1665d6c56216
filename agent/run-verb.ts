import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { vetoedVerbs } from '#agent/config/veto-families.ts'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import { graceMs } from '#agent/jobs/stop-child.ts'
import { isVerb } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { callProgram } from '#agent/verbs/call-program.ts'
import { requireGuardedConfig } from '#agent/verbs/config-guard.ts'
import { machineVerbs } from '#agent/verbs/machine-verbs.ts'
import { pgbackrestPrograms, type MinorVersion } from '#agent/verbs/pgbackrest-programs.ts'
import { environmentOf, type Program, programFrom } from '#agent/verbs/program.ts'
import { readFirstLine } from '#agent/verbs/read-first-line.ts'
import { type ResultLine, writeResultLine } from '#agent/verbs/result-line.ts'
import { isMachineVerb, isPgbackrestVerb } from '#agent/verbs/routes.ts'

export interface RunVerb {
  verb: string
  configFile: string
  readConfig: (path: string) => AgentConfig | Promise<AgentConfig>
  /** Its first line is the verb's arguments in JSON; when it ends before the verb has, the verb is ended. */
  input: Readable
  say: (line: string) => void
}

/**
 * `matriarch-agent run-verb VERB`: what sudo lets the agent do as the Postgres user. It believes nothing it is told: arguments are
 * checked again, so is the veto, and what is run comes of a configuration that root owns. Resolves with its exit code.
 */
export async function runVerb({ verb, configFile, readConfig, input, say }: RunVerb): Promise<number> {
  const answer = (line: ResultLine) => say(writeResultLine(line))
  const ended = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ended.abort())
  try {
    await requireGuardedConfig(configFile, process.getuid?.() ?? 0)
    const config = await readConfig(configFile)
    const raw: unknown = JSON.parse(await readFirstLine(input, () => ended.abort()))
    if (!isVerb(verb)) throw new RefusedError('unknown-verb', `There is no verb "${verb}".`)
    if (vetoedVerbs(config.vetoed).includes(verb)) {
      throw new RefusedError(
        'vetoed',
        `The agent.toml of this node forbids ${verb}. Whoever owns the node may allow it there.`,
      )
    }
    if (isPgbackrestVerb(verb)) {
      const version = verb === 'pgbackrest-backup' ? await minorVersion(config) : null
      return await runToEnd(pgbackrestPrograms[verb](raw, config, version), ended.signal)
    }
    const act = isMachineVerb(verb) ? machineVerbs[verb] : undefined
    if (act === undefined) throw new RefusedError('unknown-verb', `"${verb}" is not done as the Postgres user.`)
    answer({ result: await act(raw, { config, signal: ended.signal, say }) })
    return 0
  } catch (error) {
    const isRefusal = error instanceof RefusedError
    const sentence = ended.signal.aborted ? `"${verb}" was ended before it was done.` : messageOf(error)
    answer({ refused: { code: isRefusal ? error.code : 'failed', sentence } })
    return 1
  } finally {
    // As long as it is open, the process does not end by itself; ending it otherwise would cut its output.
    input.destroy()
  }
}

/** Runs a program with our own outputs; its exit code is ours. */
async function runToEnd({ file, argv, env }: Program, signal: AbortSignal): Promise<number> {
  // Of our own process group, so that what ends us ends it.
  const child = spawn(file, argv, {
    cwd: '/',
    env: bareEnvironment(env),
    shell: false,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const stop = () => {
    child.kill('SIGTERM')
    // Sooner than whoever ends us loses patience: it must not be left behind.
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs - 2_000)
    child.once('exit', () => clearTimeout(timer))
  }
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    await once(child, 'exit')
  } finally {
    signal.removeEventListener('abort', stop)
  }
  // As a shell would put it.
  return child.exitCode ?? 128
}

async function minorVersion(config: AgentConfig): Promise<MinorVersion> {
  const program = programFrom([config.pgbackrest.program, 'version'], environmentOf(config), 'postgres')
  const { stdout } = await callProgram({ program, input: null, deadlineMs: 5_000 })
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout) ?? []
  // Whatever comes after 2.x knows what 2.x knew.
  if (major === undefined || minor === undefined) return null
  return Number(major) > 2 ? Number.MAX_SAFE_INTEGER : Number(minor)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
