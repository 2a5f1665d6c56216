import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCode, readIfThere } from '#agent/durable.ts'
import type { RecoveryStatus } from '#agent/protocol/results.ts'
import { callProgram } from './call-program.ts'
import { besideData, type Machine } from './machine.ts'
import { postmasterOf } from './postmaster.ts'
import { environmentOf, programFrom } from './program.ts'
import { readRecoveryLog } from './read-recovery-log.ts'

/** How the recovery on this node stands: what Postgres itself answers, and what its log tells. */
export async function recoveryStatus({ config, signal }: Machine): Promise<RecoveryStatus> {
  const { dataFolder } = config.postgres
  const pid = await postmasterOf(dataFolder)
  const answer = pid === null ? null : await ask(config, signal, await portOf(dataFolder))
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

async function ask(config: Machine['config'], signal: AbortSignal, port: number | null): Promise<Answer | null> {
  const { binFolder, socketFolder, user, dataFolder } = config.postgres
  const version = Number.parseInt((await readIfThere(join(dataFolder, 'PG_VERSION'))) ?? '', 10)
  // Before 14 there is no telling a pause that is asked for from one that is reached.
  const paused = version >= 14 ? `pg_get_wal_replay_pause_state() = 'paused'` : 'pg_is_wal_replay_paused()'
  const options = ['-X', '-w', '-At', '-F', '|', '-h', socketFolder, '-p', String(port ?? config.postgres.port)]
  const words = [
    join(binFolder, 'psql'),
    ...options,
    '-U',
    user,
    '-d',
    'postgres',
    '-c',
    question.replace('PAUSED', paused),
  ]
  const env = { ...environmentOf(config), PGCONNECT_TIMEOUT: '3', PGOPTIONS: '-c statement_timeout=3000' }
  const { exitCode, stdout } = await callProgram({
    program: programFrom(words, env, 'postgres'),
    input: null,
    deadlineMs: 8_000,
    signal,
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

/** The running Postgres' own word on its port, which need not be that of agent.toml. */
async function portOf(dataFolder: string): Promise<number | null> {
  const port = Number((await readIfThere(join(dataFolder, 'postmaster.pid')))?.split('\n')[3])
  return Number.isInteger(port) && port > 0 ? port : null
}

/** The end of the log: failures stand there, and all that tells of the target. */
async function logLines(path: string): Promise<string[]> {
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
