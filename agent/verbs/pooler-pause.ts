import { setTimeout as wait } from 'node:timers/promises'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { pausedLine, type PoolerPaused } from '#agent/protocol/pooler.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { neededPooler, type Pooler, poolerAdvice, quoted, sayToPooler } from './pooler-console.ts'
import { seePause } from './pooler-paused.ts'
import { psqlProblem } from './psql.ts'
import { readCsv } from './read-csv.ts'

/**
 * Holds clients back for a while: pauses, waits for the limit, or until somebody resumes or ends it, and resumes. It needs nobody for that: the job
 * outlives the agent, and pgBouncer itself would stay paused for ever.
 */
export async function pausePooler(
  machine: Machine,
  { database, drainMs, limitMs }: ArgsOf<'pooler-pause'>,
): Promise<PoolerPaused> {
  const pooler = neededPooler(machine)
  const scope = database === null ? '' : ` ${quoted(database)}`
  const { isPaused, isCheap } = await seePause(machine, pooler, database)
  if (isPaused) {
    throw new RefusedError(
      'conflict',
      `It is paused already, and not by this: ${database ?? 'pgBouncer as a whole'} on ${machine.config.node}. Resume it first.`,
    )
  }
  const began = Date.now()
  let isOurs = true
  try {
    isOurs = await pause(machine, pooler, { scope, drainMs })
    if (!isOurs)
      throw new RefusedError('conflict', `Somebody else paused pgBouncer on ${machine.config.node} meanwhile.`)
    const pausedAt = new Date()
    machine.say(`${pausedLine}${database ?? 'everything'}, until ${new Date(began + limitMs).toISOString()}`)
    const why = await untilOver(machine, pooler, { database, endsAt: began + limitMs, pollMs: isCheap ? 500 : 5_000 })
    await resume(machine, pooler, scope)
    return { pausedAt: pausedAt.toISOString(), resumedAt: new Date().toISOString(), why }
  } catch (error) {
    // Whatever went wrong, clients do not wait for ever.
    if (isOurs) await resume(machine, pooler, scope)
    throw error
  }
}

/** All that is under way must come to its end in time; what does not is named. False where it was paused by somebody else. */
async function pause(
  machine: Machine,
  pooler: Pooler,
  { scope, drainMs }: { scope: string; drainMs: number },
): Promise<boolean> {
  const { exitCode, stderr, isLate } = await sayToPooler(machine, pooler, [`PAUSE${scope}`], drainMs)
  if (exitCode === 0 && !isLate) return true
  if (stderr.includes('already suspended/paused')) return false
  if (machine.signal.aborted) throw new RefusedError('failed', 'It was ended before everything stood still.')
  if (!isLate) throw new RefusedError('failed', poolerAdvice(psqlProblem(stderr), pooler))
  const holders = await whoHoldsUp(machine, pooler).catch(() => '')
  throw new RefusedError(
    'failed',
    `pgBouncer on ${machine.config.node} did not come to rest within ${drainMs / 1000} s${holders}. It was resumed.`,
  )
}

async function untilOver(
  machine: Machine,
  pooler: Pooler,
  { database, endsAt, pollMs }: { database: string | null; endsAt: number; pollMs: number },
): Promise<PoolerPaused['why']> {
  for (;;) {
    const rest = endsAt - Date.now()
    if (machine.signal.aborted) return 'ended'
    if (rest <= 0) return 'limit'
    await wait(Math.min(rest, pollMs), undefined, { signal: machine.signal }).catch(() => {})
    // One that does not tell is taken for paused: it is resumed at the limit in any case.
    const seen = await seePause(machine, pooler, database).catch(() => null)
    if (seen?.isPaused === false && !machine.signal.aborted) return 'resumed'
  }
}

/** Tries until pgBouncer says that it is done, or was so already; also where the job is to end. */
async function resume(machine: Machine, pooler: Pooler, scope: string): Promise<void> {
  const still = { ...machine, signal: new AbortController().signal }
  for (;;) {
    const { exitCode, stderr } = await sayToPooler(still, pooler, [`RESUME${scope}`], 4_000)
    if (exitCode === 0 || /is not paused/.test(stderr)) break
    machine.say(`cannot resume yet: ${psqlProblem(stderr)}`)
    await wait(1_000)
  }
  machine.say('Resumed.')
}

/** Whose servers are at work, the most first: `: 3 of orders/app are at work`. */
async function whoHoldsUp(machine: Machine, pooler: Pooler): Promise<string> {
  const { exitCode, stdout } = await sayToPooler(machine, pooler, ['SHOW SERVERS'], 4_000)
  const [header = [], ...rows] = readCsv(stdout)
  if (exitCode !== 0) return ''
  const cell = (row: string[], column: string) => row[header.indexOf(column)] ?? ''
  const counts = new Map<string, number>()
  for (const row of rows) {
    if (cell(row, 'state') !== 'active') continue
    const name = `${cell(row, 'database')}/${cell(row, 'user')}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const told = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 5)
  return told.length === 0 ? '' : `: ${told.map(([name, count]) => `${count} of ${name}`).join(', ')} at work`
}
