import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import * as z from 'zod/mini'
import { isCode, readIfThere, syncFolder, writeDurable } from '#agent/durable.ts'
import { dumpResult } from '#agent/protocol/kept-results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { dirname } from 'node:path'
import type { Machine } from './machine.ts'
import { quoted } from './quoted.ts'
import { askRehearsal, databaseWord, rehearsalClient } from './rehearsal-client.ts'
import { rehearsalPlace, type RehearsalPlace } from './rehearsal-place.ts'
import { whileRoom } from './spare-room.ts'
import { streamProgram } from './stream-program.ts'

type Args = ArgsOf<'rehearsal-dump'>
export const fileFacts = z.object({ args: z.unknown(), ...dumpResult.shape })

/** Takes a table, with its partitions, or a schema out of a rehearsal into a file for pg_restore; done before, it is found done. */
export async function rehearsalDump(machine: Machine, args: Args): Promise<z.output<typeof dumpResult>> {
  const place = rehearsalPlace(machine.config, args.name)
  const before = await readIfThere(place.fileFacts)
  if (before !== null) return foundDumped(machine, args, fileFacts.parse(JSON.parse(before)))
  const part = `${place.file}.part`
  await rm(part, { force: true })
  // pg_dump keeps the mode of a file that is there.
  await (await open(part, 'wx', 0o600)).close()
  await dump(machine, args, place, part)
  const { size: bytes } = await stat(part)
  const sha256 = await digestOf(part)
  await rename(part, place.file)
  await syncFolder(dirname(place.file))
  await writeDurable(place.fileFacts, JSON.stringify({ args, bytes, sha256 }))
  return { bytes, sha256 }
}

function foundDumped({ say }: Machine, args: Args, { args: asked, bytes, sha256 }: z.output<typeof fileFacts>) {
  if (JSON.stringify(asked) !== JSON.stringify(args)) {
    throw new RefusedError('conflict', `Something else was taken out of the rehearsal ${args.name} before: let it go.`)
  }
  say('It was taken out before.')
  return { bytes, sha256 }
}

async function dump(machine: Machine, args: Args, place: RehearsalPlace, file: string): Promise<void> {
  const patterns =
    args.table === null
      ? [`--schema=${quoted(args.schema)}`]
      : (await tablesOf(machine, place, args)).map((table) => `--table=${table}`)
  const words = ['--format=custom', '--strict-names', `--file=${file}`, ...patterns, '-d', databaseWord(args.database)]
  const { program, cwd } = await rehearsalClient(machine, place, 'pg_dump', words)
  const said: string[] = []
  const exitCode = await whileRoom(place.root, machine.signal, (signal) =>
    streamProgram({
      program,
      cwd,
      signal,
      onLine: (line) => {
        machine.say(line)
        if (said.push(line) > 20) said.shift()
      },
    }),
  )
  machine.signal.throwIfAborted()
  if (exitCode === 0) return
  await rm(file, { force: true })
  throw new RefusedError('failed', `pg_dump ended with exit code ${exitCode}: ${said.join(' ').slice(0, 500)}`)
}

/** The table and, where it is partitioned, all of its partitions, each as a pattern that matches it alone. */
async function tablesOf(machine: Machine, place: RehearsalPlace, args: Args): Promise<string[]> {
  const table = args.table ?? ''
  const sql = `SELECT json_agg(json_build_array(n.nspname, c.relname)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid IN (SELECT p.oid FROM pg_class p JOIN pg_namespace s ON s.oid = p.relnamespace
                     WHERE s.nspname = ${literal(args.schema)} AND p.relname = ${literal(table)} AND p.relkind IN ('r', 'p', 'm', 'f')
                    UNION SELECT t.relid FROM pg_class p JOIN pg_namespace s ON s.oid = p.relnamespace, pg_partition_tree(p.oid) t
                     WHERE s.nspname = ${literal(args.schema)} AND p.relname = ${literal(table)} AND p.relkind = 'p')`
  const answer = await askRehearsal(machine, place, { database: args.database, sql })
  if (answer === null) {
    throw new RefusedError(
      'not-found',
      `The rehearsal does not answer in database "${args.database}": see that there was one of that name at the time.`,
    )
  }
  if (answer === '') {
    throw new RefusedError(
      'not-found',
      `There was no table ${args.schema}.${table} in database "${args.database}" at the time that was rehearsed.`,
    )
  }
  const names = z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(answer))
  return names.map(([schema, name]) => `${quoted(schema)}.${quoted(name)}`)
}

function literal(text: string): string {
  // With the E it means the same whatever standard_conforming_strings says.
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw new RefusedError('failed', `${path} is gone: ask again.`, { cause: error })
    throw error
  }
  return hash.digest('hex')
}
