import { setTimeout as wait } from 'node:timers/promises'
import type { RecoveryStatus } from '#agent/protocol/results.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { placeOf } from './postgres-place.ts'
import { askPsql, psqlProblem } from './psql.ts'
import { isRecovery } from './recovery-command.ts'
import { recoveryStatus } from './recovery-status.ts'

/** Ends the pause of a recovery that stands at its target and waits until it is promoted; one that is, is found so. */
export async function promote(machine: Machine): Promise<RecoveryStatus> {
  const status = await recoveryStatus(machine)
  if (status.state === 'promoted') return status
  await requireAtTarget(machine, status)
  await resume(machine)
  machine.say('The pause is ended: Postgres begins its new timeline.')
  for (;;) {
    const now = await recoveryStatus(machine)
    if (now.state === 'promoted' && now.isAnswering) return now
    if (now.state === 'failed' || now.state === 'stopped') {
      throw new RefusedError(
        'failed',
        `Postgres ended instead of being promoted: ${now.failure ?? 'read its recovery log'}.`,
      )
    }
    await wait(50, undefined, { signal: machine.signal })
  }
}

async function requireAtTarget({ config }: Machine, { state, failure }: RecoveryStatus): Promise<void> {
  const { dataFolder } = config.postgres
  if (state === 'stopped' || (state === 'failed' && failure !== null)) {
    throw new RefusedError(
      'conflict',
      `The recovery on ${dataFolder} cannot be promoted: ${failure ?? 'Postgres does not run'}.`,
    )
  }
  if (!(await isRecovery(dataFolder))) {
    throw new RefusedError(
      'conflict',
      `What runs on ${dataFolder} was not started as a recovery: Patroni is who promotes it.`,
    )
  }
  if (state === 'recovering') {
    throw new RefusedError(
      'conflict',
      `The recovery on ${dataFolder} has not come to its target yet: wait until it is paused there.`,
    )
  }
}

async function resume(machine: Machine): Promise<void> {
  const { dataFolder, superuser } = machine.config.postgres
  const place = await placeOf(dataFolder)
  if (place === null) throw new RefusedError('conflict', `No Postgres runs on ${dataFolder}: there is none to promote.`)
  const { exitCode, stderr } = await askPsql(machine, {
    place,
    role: superuser,
    database: 'postgres',
    commands: ['SELECT pg_wal_replay_resume()'],
    settings: { search_path: 'pg_catalog', statement_timeout: '10000' },
    options: ['-At'],
    deadlineMs: 15_000,
  })
  // Another who asked for it before us may have had it promoted meanwhile.
  if (exitCode === 0 || stderr.includes('recovery is not in progress')) return
  throw new RefusedError('failed', `The pause of the recovery could not be ended: ${psqlProblem(stderr)}`)
}
