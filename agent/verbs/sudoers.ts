import type { AgentConfig } from '#agent/config/agent-config.ts'
import { vetoedVerbs } from '#agent/config/veto-families.ts'
import { isVerb, verbs } from '#agent/protocol/verbs.ts'
import { isServiceVerb, routes } from './routes.ts'
import { serviceWords } from './outer-program.ts'

export interface Sudoers {
  config: AgentConfig
  /** How the agent is called, its full path first. */
  ownProgram: readonly string[]
  /** Whom the agent runs as. */
  agentUser: string
}

/** The lines of sudoers that this node's agent needs, none for what it forbids: one exact command each, without a wildcard. */
export function sudoersOf({ config, ownProgram, agentUser }: Sudoers): string {
  const vetoed = vetoedVerbs(config.vetoed)
  const names = Object.keys(verbs)
    .filter(isVerb)
    .filter((name) => !vetoed.includes(name))
  const asPostgres = names
    .filter((name) => routes[name] === 'pgbackrest' || routes[name] === 'machine')
    .map((name) => lineOf(agentUser, config.postgres.user, [...ownProgram, 'run-verb', name]))
  const forService = [
    ...names.filter(isServiceVerb).map((name) => serviceWords(name, config)),
    config.patroni.service.status,
  ]
    .filter((words) => words.length > 0)
    .map((words) => lineOf(agentUser, 'root', words))
  const lines = [
    ...(config.become.postgres.length > 0 ? asPostgres : []),
    ...(config.become.service.length > 0 ? forService : []),
  ]
  return [...new Set(lines)].map((line) => `${line}\n`).join('')
}

function lineOf(from: string, to: string, words: readonly string[]): string {
  const [program = ''] = words
  if (!program.startsWith('/')) {
    throw new Error(`sudo wants the full path of a program, and "${program}" is none: correct it in agent.toml.`)
  }
  for (const user of [from, to]) {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(user))
      throw new Error(`"${user}" is no name of a user that sudoers can hold.`)
  }
  // Without arguments in the line, sudo would allow any.
  const command = words.length === 1 ? [program, '""'] : words.map((word) => escaped(word))
  return `${from} ALL=(${to}) NOPASSWD: ${command.join(' ')}`
}

function escaped(word: string): string {
  if (!/^[A-Za-z0-9_./@%+,:=-]+$/.test(word)) {
    throw new Error(
      `"${word}" holds characters that a line of sudoers would take for a pattern: call it through a script.`,
    )
  }
  return word.replaceAll(/[,:=]/g, String.raw`\$&`)
}
