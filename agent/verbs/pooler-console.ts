import type { AgentConfig } from '#agent/config/agent-config.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { askPsql } from './psql.ts'

export type Pooler = NonNullable<AgentConfig['pgbouncer']>

/** The node's pgBouncer; throws RefusedError where agent.toml names none. */
export function neededPooler({ config }: Machine): Pooler {
  if (config.pgbouncer !== null) return config.pgbouncer
  throw new RefusedError(
    'not-found',
    `agent.toml of node "${config.node}" has no [pgbouncer]: its clients are not closed off here. Name the pgBouncer there, or keep clients away by other means.`,
  )
}

/** Says commands to pgBouncer's console, in order, up to the first that it does not obey; the answers as CSV. */
export function sayToPooler(machine: Machine, pooler: Pooler, commands: readonly string[], deadlineMs: number) {
  return askPsql(machine, {
    place: pooler,
    role: pooler.user,
    database: 'pgbouncer',
    commands,
    options: ['--csv', '-v', 'ON_ERROR_STOP=1'],
    deadlineMs,
  })
}

/** What its console said of a failure, and what to do. */
export function poolerAdvice(problem: string, { user }: Pooler): string {
  if (problem.includes('already suspended/paused')) {
    return `${problem} It is paused as a whole: say RESUME to its console and ask again.`
  }
  if (/not allowed|no such user|auth|password/.test(problem)) {
    return `${problem} "${user}" is let in to its console only by the system user that pgBouncer runs as: name an admin user under [pgbouncer] in agent.toml otherwise.`
  }
  return problem
}

/** A name as the console takes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
