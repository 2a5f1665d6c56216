import { join } from 'node:path'
import { RefusedError } from '#agent/refused-error.ts'
import { callProgram } from './call-program.ts'
import type { Machine } from './machine.ts'
import { environmentOf, type Program, programFrom } from './program.ts'
import { rehearsalConnection, type RehearsalPlace } from './rehearsal-place.ts'

/** A program that asks something of a rehearsal's Postgres, and where it must be started. */
export interface RehearsalClient {
  program: Program
  cwd: string
}

/** One of Postgres' own client programs for a rehearsal; refuses where its Postgres does not run. */
export async function rehearsalClient(
  { config }: Pick<Machine, 'config'>,
  place: RehearsalPlace,
  name: 'psql' | 'pg_dump' | 'pg_amcheck',
  words: readonly string[],
): Promise<RehearsalClient> {
  const connection = await rehearsalConnection(place)
  if (connection === null) {
    throw new RefusedError('conflict', `The rehearsal in ${place.root} does not run: start it before it is asked.`)
  }
  const { cwd, host, port } = connection
  const options = ['-w', '-h', host, '-p', String(port), '-U', config.postgres.superuser]
  const env = { ...environmentOf(config), PGCONNECT_TIMEOUT: '5' }
  return { cwd, program: programFrom([join(config.postgres.binFolder, name), ...options, ...words], env, 'postgres') }
}

/** What a rehearsal answers to a question of ours, a row a line; null while it does not answer. */
export async function askRehearsal(
  machine: Pick<Machine, 'config' | 'signal'>,
  place: RehearsalPlace,
  question: { database: string; sql: string },
): Promise<string | null> {
  const words = ['-X', '-At', '-d', databaseWord(question.database), '-c', question.sql]
  const { cwd, program: psql } = await rehearsalClient(machine, place, 'psql', words)
  // The superuser asks: nothing that somebody put into the database may be taken for Postgres' own.
  const session = '-c search_path=pg_catalog -c default_transaction_read_only=on'
  const program = { ...psql, env: { ...psql.env, PGOPTIONS: session } }
  const said = await callProgram({ program, cwd, input: null, deadlineMs: 10_000, signal: machine.signal })
  return said.exitCode === 0 ? said.stdout.trimEnd() : null
}

/** A database as libpq is told it: a bare name with "=" in it would be read as a whole connection string. */
export function databaseWord(name: string): string {
  return `dbname='${name.replaceAll(/['\\]/g, String.raw`\$&`)}'`
}
