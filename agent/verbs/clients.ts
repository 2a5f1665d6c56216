import type { AgentConfig } from '#agent/config/agent-config.ts'
import type { ClientsState } from '#agent/protocol/results.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { askPsql, psqlProblem } from './psql.ts'
import { readCsv } from './read-csv.ts'

/** What of the node's pgBouncer is closed to clients. */
export async function clientsState(machine: Machine): Promise<ClientsState> {
  const pooler = machine.config.pgbouncer
  if (pooler === null) return { pooler: null }
  return { pooler: { databases: readDatabases(await tell(machine, pooler, ['SHOW DATABASES'])) } }
}

/** Refuses new clients of each database and cuts off those that are in; done before, it is done again. */
export async function fenceClients(machine: Machine): Promise<ClientsState> {
  const { pooler, databases } = await poolerOf(machine)
  // All are closed before the first is cut off: a client that comes back at once finds no open door.
  const commands = [
    ...databases.filter(({ isDisabled }) => !isDisabled).map(({ name }) => `DISABLE ${quoted(name)}`),
    ...databases.map(({ name }) => `KILL ${quoted(name)}`),
  ]
  if (commands.length > 0) await tell(machine, pooler, commands)
  const state = await clientsState(machine)
  const open = state.pooler?.databases.filter((one) => !one.isDisabled || !one.isPaused).map(({ name }) => name) ?? []
  if (open.length > 0)
    throw new RefusedError('failed', `pgBouncer still lets clients in to ${open.join(', ')}: ask for it again.`)
  machine.say(`Closed to clients: ${databases.map(({ name }) => name).join(', ') || 'there is no database'}.`)
  return state
}

/** Lets clients in again, to every database that is closed, whoever closed it. */
export async function releaseClients(machine: Machine): Promise<ClientsState> {
  const { pooler, databases } = await poolerOf(machine)
  const commands = databases.flatMap(({ name, isDisabled, isPaused }) => [
    ...(isPaused ? [`RESUME ${quoted(name)}`] : []),
    ...(isDisabled ? [`ENABLE ${quoted(name)}`] : []),
  ])
  if (commands.length > 0) await tell(machine, pooler, commands)
  machine.say(commands.length > 0 ? `Done: ${commands.join(', ')}.` : 'No database was closed to clients.')
  return clientsState(machine)
}

/** Reads SHOW DATABASES by the names of its columns, which differ between versions; pgBouncer's own is left out. */
export function readDatabases(csv: string): NonNullable<ClientsState['pooler']>['databases'] {
  const [header = [], ...rows] = readCsv(csv)
  const cell = (row: string[], column: string) => row[header.indexOf(column)]
  return rows
    .map((row) => ({
      name: cell(row, 'name') ?? '',
      isDisabled: cell(row, 'disabled') === '1',
      isPaused: cell(row, 'paused') === '1',
    }))
    .filter(({ name }) => name !== '' && name !== 'pgbouncer')
}

type Pooler = NonNullable<AgentConfig['pgbouncer']>

async function poolerOf(machine: Machine) {
  const pooler = machine.config.pgbouncer
  if (pooler !== null) {
    return { pooler, databases: readDatabases(await tell(machine, pooler, ['SHOW DATABASES'])) }
  }
  throw new RefusedError(
    'not-found',
    `agent.toml of node "${machine.config.node}" has no [pgbouncer]: its clients are not closed off here. Name the pgBouncer there, or keep clients away by other means.`,
  )
}

/** Says commands to pgBouncer's console, in order, up to the first that it does not obey. */
async function tell(machine: Machine, pooler: Pooler, commands: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await askPsql(machine, {
    place: pooler,
    role: pooler.user,
    database: 'pgbouncer',
    commands,
    options: ['--csv', '-v', 'ON_ERROR_STOP=1'],
    deadlineMs: 9_000,
  })
  if (exitCode === 0) return stdout
  throw new RefusedError('failed', `pgBouncer on ${pooler.socketFolder}: ${adviceOn(psqlProblem(stderr), pooler)}`)
}

function adviceOn(problem: string, { user }: Pooler): string {
  if (problem.includes('already suspended/paused')) {
    return `${problem} It is paused as a whole: say RESUME to its console and ask again.`
  }
  if (/not allowed|no such user|auth|password/.test(problem)) {
    return `${problem} "${user}" is let in to its console only by the system user that pgBouncer runs as: name an admin user under [pgbouncer] in agent.toml otherwise.`
  }
  return problem
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
