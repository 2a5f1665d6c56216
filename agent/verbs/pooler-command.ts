import type { ClientsState } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { clientsState } from './clients.ts'
import type { Machine } from './machine.ts'
import { neededPooler, type Pooler, poolerAdvice, quoted, sayToPooler } from './pooler-console.ts'
import { psqlProblem } from './psql.ts'

/** Says one of its own commands to pgBouncer, for a database or all; resolves with how its databases stand then. */
export async function commandPooler(
  machine: Machine,
  { act, database }: ArgsOf<'pooler-command'>,
): Promise<ClientsState> {
  const pooler = neededPooler(machine)
  const names = (await clientsState(machine)).pooler?.databases.map(({ name }) => name) ?? []
  if (database !== null && !names.includes(database)) {
    throw new RefusedError('not-found', `pgBouncer on ${machine.config.node} has no database "${database}".`)
  }
  for (const command of commandsOf(act, database, names)) await say(machine, pooler, command)
  return clientsState(machine)
}

function commandsOf(act: ArgsOf<'pooler-command'>['act'], database: string | null, names: readonly string[]): string[] {
  const meant = database === null ? names : [database]
  const one = database === null ? '' : ` ${quoted(database)}`
  switch (act) {
    case 'resume':
      return [`RESUME${one}`]
    case 'reconnect':
      return [`RECONNECT${one}`]
    case 'reload':
      return ['RELOAD']
    case 'disable':
      return meant.map((name) => `DISABLE ${quoted(name)}`)
    case 'enable':
      return meant.map((name) => `ENABLE ${quoted(name)}`)
    // It leaves the database paused: whoever comes back would wait.
    case 'kill':
      return meant.flatMap((name) => [`KILL ${quoted(name)}`, `RESUME ${quoted(name)}`])
  }
}

async function say(machine: Machine, pooler: Pooler, command: string): Promise<void> {
  const { exitCode, stderr } = await sayToPooler(machine, pooler, [command], 9_000)
  if (exitCode === 0) return machine.say(`Done: ${command}.`)
  if (command.startsWith('RESUME') && stderr.includes('is not paused')) return machine.say('It was not paused.')
  const problem = poolerAdvice(psqlProblem(stderr), pooler)
  throw new RefusedError('failed', `pgBouncer on ${machine.config.node} did not do ${command}: ${problem}`)
}
