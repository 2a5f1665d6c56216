import type { ClientsState } from '#agent/protocol/results.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { neededPooler, type Pooler, poolerAdvice, sayToPooler } from './pooler-console.ts'
import { psqlProblem } from './psql.ts'
import { quoted } from './quoted.ts'
import { readCsv } from './read-csv.ts'

/** What of the node's pgBouncer is closed to clients. */
export async function clientsState(machine: Machine): Promise<ClientsState> {
  const pooler = machine.config.pgbouncer
  if (pooler === null) return { pooler: null }
  return { pooler: { databases: await tell(machine, pooler, []) } }
}

/** Refuses new clients of each database and cuts off those that are in; done before, it is done again. */
export async function fenceClients(machine: Machine): Promise<ClientsState> {
  const { pooler, databases } = await poolerOf(machine)
  // All are closed before the first is cut off: a client that comes back at once finds no open door.
  const commands = [
    ...databases.filter(({ isDisabled }) => !isDisabled).map(({ name }) => `DISABLE ${quoted(name)}`),
    ...databases.map(({ name }) => `KILL ${quoted(name)}`),
  ]
  const listed = commands.length > 0 ? await tell(machine, pooler, commands) : databases
  const now = [...listed, ...unlisted(databases, listed)]
  const open = now.filter((one) => !one.isDisabled || !one.isPaused).map(({ name }) => name)
  if (open.length > 0)
    throw new RefusedError('failed', `pgBouncer still lets clients in to ${open.join(', ')}: ask for it again.`)
  machine.say(`Closed to clients: ${databases.map(({ name }) => name).join(', ') || 'there is no database'}.`)
  return { pooler: { databases: now } }
}

/** A database of a `*` entry leaves pgBouncer's list some tenths of a second after its last connection: closed it is all the same. */
function unlisted(closed: Databases, listed: Databases): Databases {
  const names = new Set(listed.map(({ name }) => name))
  return closed.filter(({ name }) => !names.has(name)).map(({ name }) => ({ name, isDisabled: true, isPaused: true }))
}

/** Lets clients in again, to every database that is closed, whoever closed it; to those that are `named` also where pgBouncer does not list them. */
export async function releaseClients(machine: Machine, named: readonly string[] = []): Promise<ClientsState> {
  const { pooler } = await poolerOf(machine)
  for (const name of named) await openUnlisted(machine, pooler, name)
  const databases = await tell(machine, pooler, [])
  const commands = databases.flatMap(({ name, isDisabled, isPaused }) => [
    ...(isPaused ? [`RESUME ${quoted(name)}`] : []),
    ...(isDisabled ? [`ENABLE ${quoted(name)}`] : []),
  ])
  const now = commands.length > 0 ? await tell(machine, pooler, commands) : databases
  machine.say(commands.length > 0 ? `Done: ${commands.join(', ')}.` : 'No database was closed to clients.')
  return { pooler: { databases: now } }
}

/** Opens a database that pgBouncer does not list; what is open, or is none any more, needs no opening. */
async function openUnlisted(machine: Machine, pooler: Pooler, name: string): Promise<void> {
  for (const command of [`RESUME ${quoted(name)}`, `ENABLE ${quoted(name)}`]) {
    try {
      await tell(machine, pooler, [command])
      machine.say(`Done: ${command}.`)
    } catch (error) {
      const isOpen = error instanceof RefusedError && /is not paused|no such database/.test(error.message)
      if (!isOpen) throw error
    }
  }
}

/**
 * Reads SHOW DATABASES by the names of its columns, which differ between versions; pgBouncer's own is left out. What is said
 * before those names is passed over. Throws RefusedError where there are none: no answer is not one without open databases.
 */
export function readDatabases(csv: string): Databases {
  const lines = readCsv(csv)
  const at = lines.findIndex((line) => ['name', 'disabled', 'paused'].every((column) => line.includes(column)))
  const header = lines[at]
  if (header === undefined)
    throw new RefusedError(
      'failed',
      'pgBouncer does not tell which of its databases are disabled and paused: update it.',
    )
  const cell = (row: string[], column: string) => row[header.indexOf(column)]
  return lines
    .slice(at + 1)
    .map((row) => ({
      name: cell(row, 'name') ?? '',
      isDisabled: cell(row, 'disabled') === '1',
      isPaused: cell(row, 'paused') === '1',
    }))
    .filter(({ name }) => name !== '' && name !== 'pgbouncer')
}

type Databases = NonNullable<ClientsState['pooler']>['databases']

async function poolerOf(machine: Machine) {
  const pooler = neededPooler(machine)
  return { pooler, databases: await tell(machine, pooler, []) }
}

/**
 * Says commands to pgBouncer's console, in order, up to the first that it does not obey; resolves with how its databases stand
 * after the last.
 */
async function tell(machine: Machine, pooler: Pooler, commands: readonly string[]): Promise<Databases> {
  const { exitCode, stdout, stderr } = await sayToPooler(machine, pooler, [...commands, 'SHOW DATABASES'], 9_000)
  if (exitCode === 0) return readDatabases(stdout)
  throw new RefusedError('failed', `pgBouncer on ${pooler.socketFolder}: ${poolerAdvice(psqlProblem(stderr), pooler)}`)
}
