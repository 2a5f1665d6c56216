import { lstat, mkdir, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { isCode, readIfThere, syncFolder, writeDurable } from '#agent/durable.ts'
import { restoreProgress } from '#agent/protocol/restore-progress.ts'
import { restoreResult } from '#agent/protocol/kept-results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { conclude } from './conclude.ts'
import type { Machine } from './machine.ts'
import { rehearsalRestoreProgram } from './pgbackrest-programs.ts'
import { type RehearsalPlace, rehearsalPlace, rehearsalPostmaster } from './rehearsal-place.ts'
import { requireRoom, whileRoom } from './spare-room.ts'
import { streamProgram } from './stream-program.ts'

type Args = ArgsOf<'rehearsal-restore'>
type Restored = z.output<typeof restoreResult>

/** Written when all of the backup is there, with what it was asked for. */
const restoredFile = z.object({ args: z.unknown(), result: restoreResult })

/** Restores a backup into the rehearsal's own folder; one that was broken off goes on, one that is done is found done. */
export async function rehearsalRestore(machine: Machine, args: Args): Promise<Restored> {
  const place = rehearsalPlace(machine.config, args.name)
  const before = await readIfThere(place.restored)
  if (before !== null) return foundRestored(machine, args, restoredFile.parse(JSON.parse(before)))
  if ((await rehearsalPostmaster(place)) !== null) {
    throw new RefusedError('conflict', `Postgres runs in ${place.data}, which was never restored in full: discard it.`)
  }
  const isBegun = await prepare(place)
  const result = await restore(machine, args, { ...place, isBegun })
  await writeDurable(place.restored, JSON.stringify({ args, result }))
  return result
}

function foundRestored({ say }: Machine, args: Args, found: z.output<typeof restoredFile>): Restored {
  if (!isDeepStrictEqual(found.args, { ...args })) {
    throw new RefusedError('conflict', `The rehearsal ${args.name} was restored before, to something else: discard it.`)
  }
  say('It was restored before.')
  return found.result
}

/** Makes the folders; what is there already must be ours, and fit to go on from. True = a restore was begun before. */
async function prepare({ root, data, tablespaces }: RehearsalPlace): Promise<boolean> {
  await makeFolder(root)
  await makeFolder(data)
  await makeFolder(tablespaces)
  await syncFolder(dirname(root))
  await requireRoom(root)
  const names = await readdir(data)
  // pgBackRest believes a folder to be a data folder by these alone, and would not go on otherwise.
  if (names.length === 0 || names.includes('PG_VERSION') || names.includes('backup.manifest')) return names.length > 0
  throw new RefusedError(
    'conflict',
    `${data} holds the beginning of a restore that cannot be gone on with: discard it.`,
  )
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (cause) {
    if (isCode(cause, 'EEXIST') && (await lstat(path)).isDirectory()) return
    const why = isCode(cause, 'EEXIST') ? 'it is a link or a file' : String(cause)
    const sentence = `${path} cannot be made: ${why}. Postgres' user must be allowed to write the folder around it.`
    throw new RefusedError('failed', sentence, { cause })
  }
}

async function restore(
  { config, signal, say }: Machine,
  args: Args,
  place: RehearsalPlace & { isBegun: boolean },
): Promise<Restored> {
  const lines: string[] = []
  let told = 0
  const exitCode = await whileRoom(place.root, signal, (ending) =>
    streamProgram({
      program: rehearsalRestoreProgram(config, args, place),
      signal: ending,
      onLine: (line) => {
        const percent = restoreProgress([line])
        // A line for each file would drown the others; some must be kept for what they tell in the end.
        if (percent === null) keep(lines, line, say)
        else if (percent - told >= 5) {
          told = percent
          say(line)
        }
      },
    }),
  )
  signal.throwIfAborted()
  const remains = { exitCode, signal: exitCode === null ? 'SIGTERM' : null, lines, handedBack: null }
  const { result, problem } = conclude('pgbackrest-restore', remains)
  if (problem !== null) throw new RefusedError('failed', problem)
  return restoreResult.parse(result)
}

function keep(lines: string[], line: string, say: (line: string) => void): void {
  if (/ DETAIL: /.test(line)) return
  say(line)
  if (lines.push(line) > 500) lines.shift()
}
