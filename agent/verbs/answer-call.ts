import type { AgentConfig } from '#agent/config/agent-config.ts'
import { scrub } from '#agent/jobs/scrub.ts'
import { facts, type Facts, programOutput, type ProgramOutput } from '#agent/protocol/results.ts'
import { type ArgsOf, type VerbName, verbs } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { callProgram } from './call-program.ts'
import { outerProgram } from './outer-program.ts'
import { patroniVersion } from './patroni-version.ts'
import { environmentOf, programFrom } from './program.ts'
import { readResultLine } from './result-line.ts'
import { isMachineVerb } from './routes.ts'

export interface CallSetting {
  config: AgentConfig
  ownProgram: readonly string[]
  version: string
}

/** Answers a verb that another process does and that is done soon. */
export async function answerCall(name: VerbName, args: unknown, setting: CallSetting): Promise<unknown> {
  const program = outerProgram(name, setting.config, setting.ownProgram)
  if (program === null) throw new RefusedError('unknown-verb', `"${name}" is not done by a program.`)
  const { deadlineMs } = verbs[name]
  // Beside what the Postgres user looks for, not after it.
  const own = name === 'facts' ? seeOwn(setting, verbs.facts.args.parse(args)) : null
  // Its caller waits exactly as long: it is to learn why.
  const said = await callProgram({
    program,
    input: JSON.stringify(args),
    deadlineMs: deadlineMs - 1_000,
    mostBytes,
  }).catch((cause: unknown) => {
    throw new RefusedError('failed', `${program.file} cannot be started for "${name}": ${String(cause)}.`, { cause })
  })
  const result = readResultLine(said.stdout.trimEnd().split('\n').at(-1) ?? '')
  if (result !== null && 'refused' in result) throw new RefusedError(result.refused.code, result.refused.sentence)
  if (said.isLate) {
    throw new RefusedError(
      'failed',
      `"${name}" did not answer within ${deadlineMs / 1_000} s and was ended: look at the load of the node.`,
    )
  }
  if (!isMachineVerb(name)) return programOutput.parse(withoutSecrets(said) satisfies ProgramOutput)
  if (result !== null) return own === null ? result.result : withOwnFacts(facts.parse(result.result), await own)
  const words = linesScrubbed(said.stderr).trim().slice(-500)
  throw new RefusedError('failed', `"${name}" ended with exit code ${said.exitCode} and no result: ${words}`)
}

const mostBytes = 1024 * 1024

/** What was asked for is told as it is; why it failed may quote how the program was set up. */
function withoutSecrets<T extends { exitCode: number | null; stdout: string; stderr: string }>(said: T): T {
  const stdout = said.exitCode === 0 ? said.stdout : linesScrubbed(said.stdout)
  return { ...said, stdout, stderr: linesScrubbed(said.stderr) }
}

function linesScrubbed(text: string): string {
  return text.split('\n').map(scrub).join('\n')
}

interface OwnFacts extends Pick<Facts['patroni'], 'service' | 'version'> {
  agent: string
  problem: string | null
}

/** What the agent sees better than the Postgres user. Never rejects. */
async function seeOwn({ config, version }: CallSetting, { withoutVersions }: ArgsOf<'facts'>): Promise<OwnFacts> {
  let problem: string | null = null
  const [service, patroni] = await Promise.all([
    serviceStatus(config).catch((error: unknown) => {
      problem = `Patroni service: ${String(error)}`
      return null
    }),
    withoutVersions === true ? null : patroniVersion(config.patroni.restUrl, environmentOf(config)),
  ])
  return { agent: version, service, version: patroni, problem }
}

function withOwnFacts(seen: Facts, { agent, service, version, problem }: OwnFacts): Facts {
  const problems = problem === null ? seen.problems : [...seen.problems, problem]
  return { ...seen, agent, patroni: { ...seen.patroni, service, version }, problems }
}

async function serviceStatus(config: AgentConfig): Promise<Facts['patroni']['service']> {
  const { status } = config.patroni.service
  if (status.length === 0) return null
  const program = programFrom([...config.become.service, ...status], environmentOf(config), 'service')
  const said = await callProgram({ program, input: null, deadlineMs: 3_000, mostBytes: 16 * 1024 })
  return { exitCode: said.exitCode, text: linesScrubbed(`${said.stdout}${said.stderr}`).trim() }
}
