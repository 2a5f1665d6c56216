import { join } from 'node:path'
import { RefusedError } from '#agent/refused-error.ts'
import { callProgram } from './call-program.ts'
import type { Machine } from './machine.ts'
import { postmasterOf } from './postmaster.ts'
import { environmentOf, programFrom } from './program.ts'

/** Stops Postgres; one that does not run is stopped. */
export async function stopPostgres({ config, signal }: Machine, mode: 'fast' | 'immediate'): Promise<string> {
  const { binFolder, dataFolder } = config.postgres
  if ((await postmasterOf(dataFolder)) === null) return `No Postgres runs on ${dataFolder}.`
  const words = [join(binFolder, 'pg_ctl'), '-D', dataFolder, '-m', mode, '-w', '-t', '580', 'stop']
  const program = programFrom(words, environmentOf(config), 'postgres')
  const { exitCode, stdout, stderr } = await callProgram({ program, input: null, deadlineMs: 590_000, signal })
  if ((await postmasterOf(dataFolder)) === null) return `Postgres on ${dataFolder} is stopped.`
  const said = `${stdout} ${stderr}`.replaceAll(/\s+/g, ' ').trim()
  throw new RefusedError(
    'failed',
    `Postgres on ${dataFolder} still runs; pg_ctl ended with exit code ${exitCode}: ${said.slice(0, 500)}`,
  )
}

/** What pg_controldata tells of the data folder. */
export async function readControlData({ config, signal }: Machine): Promise<Record<string, string>> {
  const { binFolder, dataFolder } = config.postgres
  const program = programFrom([join(binFolder, 'pg_controldata'), '-D', dataFolder], environmentOf(config), 'postgres')
  const { exitCode, stdout, stderr } = await callProgram({ program, input: null, deadlineMs: 10_000, signal })
  if (exitCode === 0) return parseControlData(stdout)
  throw new RefusedError('failed', `pg_controldata cannot read ${dataFolder}: ${stderr.trim().slice(0, 500)}`)
}

/** Reads its lines by their names. */
export function parseControlData(text: string): Record<string, string> {
  const found = text.split('\n').flatMap((line) => {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.trim()] as const]
  })
  return Object.fromEntries(found)
}
