import { logTail } from '#agent/protocol/results.ts'
import { AppError } from '#server/errors.ts'
import type { StepOutcome } from '../define.ts'
import { type Asking, askNode } from './ask-node.ts'

interface Log {
  node: string
  log: 'recovery' | 'patroni' | 'postgres'
}

type Ended = Exclude<StepOutcome, { kind: 'done' }>

/**
 * How a step ended in which Patroni was to come in to the Postgres on `database`, with what its logs tell of a refused password: the recovered data has
 * those of the moment that it was recovered to, and Patroni has the ones of now.
 */
export async function withRefusedLogin(
  context: Asking,
  ended: Ended,
  { database, logs }: { database: string; logs: readonly Log[] },
): Promise<Ended> {
  if (ended.kind !== 'failed') return ended
  for (const log of logs) {
    const refused = refusedIn(await linesOf(context, log))
    if (refused !== null) return { ...ended, detail: `${ended.detail} ${sentenceOf(refused, database)}` }
  }
  return ended
}

interface Refused {
  line: string
  role: string
}

/** The last line that tells of a refused password; null where none does. */
export function refusedIn(lines: readonly string[]): Refused | null {
  const line = lines.findLast((one) => form.test(one))
  const role = form.exec(line ?? '')?.[1]
  return line === undefined || role === undefined ? null : { line: line.trim().slice(0, 300), role }
}

const form = /password authentication failed for user "([^"]+)"/

function sentenceOf({ line, role }: Refused, database: string): string {
  return `Postgres on ${database} refuses the password that Patroni has for "${role}" (its log: ${line}): the recovered data has the passwords of the moment that it was recovered to. Give the role the one of Patroni's configuration, as Postgres' user on ${database} by its socket: ALTER ROLE "${role}" PASSWORD '...'. Then try that step again.`
}

/** Nothing where it cannot be read: it is looked at for a reason alone. */
async function linesOf(context: Asking, { node, log }: Log): Promise<string[]> {
  try {
    return (await askNode(context, { node, verb: 'log-tail', args: { log, lines: 100 } }, logTail, 0)).lines
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return []
  }
}
