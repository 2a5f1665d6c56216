import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ProgramOutput } from '#agent/protocol/results.ts'
import { callProgram } from './call-program.ts'
import type { Machine } from './machine.ts'
import type { PostgresPlace } from './postgres-place.ts'
import { environmentOf, programFrom } from './program.ts'

export interface Ask {
  place: PostgresPlace
  role: string
  database: string
  /** Each is sent by itself, in one session. None may be a person's text that begins it: psql takes a backslash for its own. */
  commands: readonly string[]
  /** Settings of the session. */
  settings?: Record<string, string>
  /** More of psql's own arguments. */
  options?: readonly string[]
  deadlineMs: number
  mostBytes?: number
  /** Most memory that psql itself may take, bytes. */
  mostMemory?: number
}

/** Asks a Postgres, or a pgBouncer, on this machine by its socket: without a password, a start file, or a terminal. */
export function askPsql({ config, signal }: Machine, ask: Ask): Promise<ProgramOutput & { isLate: boolean }> {
  const { place, role, database, commands, settings = {}, options = [], deadlineMs } = ask
  const words = [
    ...limitOf(ask.mostMemory),
    join(config.postgres.binFolder, 'psql'),
    '-Xwq',
    `--host=${place.socketFolder}`,
    `--port=${place.port}`,
    `--username=${role}`,
    ...options,
    ...commands.flatMap((command) => ['-c', command]),
  ]
  const session = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const env = {
    ...environmentOf(config),
    PGCONNECT_TIMEOUT: '3',
    PGAPPNAME: 'matriarch-agent',
    // As an argument its name could be read as a whole connection string.
    PGDATABASE: database,
    ...(session.length === 0 ? {} : { PGOPTIONS: session.join(' ') }),
  }
  const program = programFrom(words, env, 'postgres')
  const limit = ask.mostBytes === undefined ? {} : { mostBytes: ask.mostBytes }
  return callProgram({ program, cwd: place.cwd ?? '/', input: null, deadlineMs, signal, ...limit })
}

const prlimit = '/usr/bin/prlimit'

function limitOf(bytes: number | undefined): string[] {
  return bytes === undefined || !existsSync(prlimit) ? [] : [prlimit, `--as=${bytes}`, '--']
}

/** What psql said of a failure, in one line: the error with its detail and hint. */
export function psqlProblem(stderr: string): string {
  const told = stderr
    .split('\n')
    .flatMap((line) => /\b(?:ERROR|FATAL|DETAIL|HINT|error):\s*(.*)$/.exec(line)?.[1] ?? [])
  const text = (told.length > 0 ? told : [stderr]).map((one) => one.trim().replace(/([^.])$/, '$1.')).join(' ')
  return text.slice(0, 600)
}
