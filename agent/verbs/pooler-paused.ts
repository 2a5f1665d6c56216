import { RefusedError } from '#agent/refused-error.ts'
import { readDatabases } from './clients.ts'
import type { Machine } from './machine.ts'
import { type Pooler, poolerAdvice, sayToPooler } from './pooler-console.ts'
import { psqlProblem } from './psql.ts'
import { readCsv } from './read-csv.ts'

/** Whether a database is paused, or the whole of pgBouncer where it is null; `isCheap` = asking leaves nothing in its log. */
export async function seePause(
  machine: Machine,
  pooler: Pooler,
  database: string | null,
): Promise<{ isPaused: boolean; isCheap: boolean }> {
  if (database === null) return seeWhole(machine, pooler)
  const { exitCode, stdout, stderr } = await sayToPooler(machine, pooler, ['SHOW DATABASES'], lookMs)
  if (exitCode !== 0) throw unseen(stderr, pooler)
  const found = readDatabases(stdout).find(({ name }) => name === database)
  if (found) return { isPaused: found.isPaused, isCheap: true }
  throw new RefusedError('not-found', `pgBouncer on ${pooler.socketFolder} has no database "${database}".`)
}

async function seeWhole(machine: Machine, pooler: Pooler): Promise<{ isPaused: boolean; isCheap: boolean }> {
  const { exitCode, stdout, stderr } = await sayToPooler(machine, pooler, ['SHOW STATE'], lookMs)
  if (exitCode === 0) {
    const said = new Map(readCsv(stdout).map(([key = '', value = '']) => [key, value]))
    return { isPaused: said.get('paused') === 'yes' || said.get('suspended') === 'yes', isCheap: true }
  }
  if (!stderr.includes('invalid command')) throw unseen(stderr, pooler)
  // Before 1.19 nothing shows it but a refusal, which is given before anything is done: its own database is never paused.
  const probe = await sayToPooler(machine, pooler, ['PAUSE pgbouncer'], lookMs)
  if (probe.stderr.includes('already suspended/paused')) return { isPaused: true, isCheap: false }
  if (probe.stderr.includes('cannot pause admin db')) return { isPaused: false, isCheap: false }
  throw unseen(probe.stderr, pooler)
}

function unseen(stderr: string, pooler: Pooler): RefusedError {
  const problem = poolerAdvice(psqlProblem(stderr), pooler)
  return new RefusedError(
    'failed',
    `pgBouncer on ${pooler.socketFolder} does not tell whether it is paused: ${problem}`,
  )
}

const lookMs = 4_000
