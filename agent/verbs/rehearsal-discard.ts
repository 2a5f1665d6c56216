import { lstat, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isCode, syncFolder } from '#agent/durable.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { Machine } from './machine.ts'
import { rehearsalPlace, type RehearsalPlace, rehearsalPostmaster } from './rehearsal-place.ts'

/** Stops a rehearsal and deletes what is left of it; the file that was taken out of it stays where `keepsFile`. */
export async function rehearsalDiscard(
  machine: Machine,
  { name, keepsFile }: { name: string; keepsFile: boolean },
): Promise<string> {
  const place = rehearsalPlace(machine.config, name)
  await stop(machine, place)
  const isThere = await isFolder(place.root)
  // Links within it, tablespaces' among them, are removed themselves; what they lead to stays.
  if (isThere) await rm(place.root, { recursive: true })
  await rm(`${place.file}.part`, { force: true })
  if (!keepsFile) {
    await rm(place.file, { force: true })
    await rm(place.fileFacts, { force: true })
  }
  await syncFolder(dirname(place.root))
  return isThere ? `${place.root} is deleted.` : `There is no ${place.root}: it was discarded before.`
}

/** Its data is deleted in any case: it need not be written down first. */
async function stop({ signal }: Machine, place: RehearsalPlace): Promise<void> {
  const pid = await rehearsalPostmaster(place)
  if (pid === null) return
  process.kill(pid, 'SIGQUIT')
  for (let tries = 0; tries < 600; tries++) {
    if ((await rehearsalPostmaster(place)) === null) return
    await wait(100, undefined, { signal })
  }
  throw new RefusedError('failed', `Postgres in ${place.data} still runs as process ${pid}: end it by hand.`)
}

async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
  throw new RefusedError('conflict', `${path} is no folder but a link or a file: see by hand what it is.`)
}
