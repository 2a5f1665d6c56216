import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { amcheckResult } from '#agent/protocol/results.ts'
import type { Machine } from './machine.ts'
import { AmcheckReading } from './read-amcheck.ts'
import { rehearsalClient } from './rehearsal-client.ts'
import { rehearsalPlace } from './rehearsal-place.ts'
import { streamProgram } from './stream-program.ts'

/** Has Postgres look through all tables and indexes of a rehearsal; what it finds is a result, and no failure of the job. */
export async function rehearsalAmcheck(machine: Machine, name: string): Promise<z.output<typeof amcheckResult>> {
  const { config, signal, say } = machine
  const place = rehearsalPlace(config, name)
  if (!existsSync(join(config.postgres.binFolder, 'pg_amcheck'))) {
    const problem = `There is no pg_amcheck in ${config.postgres.binFolder}: it comes with Postgres 14, and with its contrib package.`
    return { relations: 0, faults: [], problem }
  }
  // Its own extension is put into the rehearsal's databases: they are thrown away.
  const words = ['--all', '--maintenance-db=postgres', '--install-missing', '--heapallindexed', '--progress']
  const { program, cwd } = await rehearsalClient(machine, place, 'pg_amcheck', words)
  const reading = new AmcheckReading(say)
  const exitCode = await streamProgram({
    program,
    cwd,
    signal,
    onLine: (line, isError) => reading.take(line, isError),
  })
  signal.throwIfAborted()
  return reading.end(exitCode)
}
