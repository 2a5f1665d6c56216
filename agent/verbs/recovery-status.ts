import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCode, readIfThere } from '#agent/durable.ts'
import type { RecoveryStatus } from '#agent/protocol/results.ts'
import { besideData, type Machine } from './machine.ts'
import { postmasterOf } from './postmaster.ts'
import { type PostgresPlace, placeOf } from './postgres-place.ts'
import { askPsql } from './psql.ts'
import { readRecoveryLog } from './read-recovery-log.ts'

/** How the recovery on this node stands: what Postgres itself answers, and what its log tells. */
export async function recoveryStatus(machine: Machine): Promise<RecoveryStatus> {
  const status = await look(machine)
  const stands = status.state === 'paused' || status.state === 'promoted'
  // Its log is read after it was asked: it may have come there in between.
  return stands && !status.isAnswering ? look(machine) : status
}

async function look(machine: Machine): Promise<RecoveryStatus> {
  const { dataFolder } = machine.config.postgres
  const pid = await postmasterOf(dataFolder)
  const place = await placeOf(dataFolder)
  const answer = place === null ? null : await ask(machine, place)
  const lines = await logLines(besideData(dataFolder).log)
  const seen = { pid, isInRecovery: answer?.isInRecovery ?? null, isPaused: answer?.isPaused ?? false }
  return {
    ...readRecoveryLog(lines, seen),
    pid,
    isAnswering: answer !== null,
    replayedLsn: answer?.replayedLsn ?? null,
    replayedAt: answer?.replayedAt ?? null,
  }
}

interface Answer {
  isInRecovery: boolean
  isPaused: boolean
  replayedLsn: string | null
  replayedAt: string | null
}

// What is only known in recovery is an error outside of it: CASE keeps it from being asked.
const question = `SELECT pg_is_in_recovery(), CASE WHEN pg_is_in_recovery() THEN PAUSED ELSE false END,
  pg_last_wal_replay_lsn(), pg_last_xact_replay_timestamp()`

async function ask(machine: Machine, place: PostgresPlace): Promise<Answer | null> {
  const { dataFolder, superuser } = machine.config.postgres
  const version = Number.parseInt((await readIfThere(join(dataFolder, 'PG_VERSION'))) ?? '', 10)
  // Before 14 there is no telling a pause that is asked for from one that is reached.
  const paused = version >= 14 ? `pg_get_wal_replay_pause_state() = 'paused'` : 'pg_is_wal_replay_paused()'
  const { exitCode, stdout } = await askPsql(machine, {
    place,
    role: superuser,
    database: 'postgres',
    commands: [question.replace('PAUSED', paused)],
    settings: { search_path: 'pg_catalog', statement_timeout: '3000' },
    options: ['-At', '-F', '|'],
    deadlineMs: 8_000,
  })
  const found = /^([tf])\|([tf])\|([^|]*)\|([^|]*)$/.exec(stdout.trim())
  if (exitCode !== 0 || found === null) return null
  const [, inRecovery, isPaused, lsn, at] = found
  return {
    isInRecovery: inRecovery === 't',
    isPaused: isPaused === 't',
    replayedLsn: lsn || null,
    replayedAt: at || null,
  }
}

/** The end of the log: failures stand there, and all that tells of the target. */
export async function logLines(path: string): Promise<string[]> {
  try {
    const bytes = await readFile(path)
    return bytes
      .subarray(Math.max(0, bytes.length - 4 * 1024 * 1024))
      .toString('utf8')
      .split('\n')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
