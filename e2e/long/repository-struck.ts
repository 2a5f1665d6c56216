import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { stanza } from '#lab/addresses.ts'
import { labHome, paths } from '#lab/paths.ts'

const undo: (() => void)[] = []

/** Undoes whatever was done to the folder of the repository. */
export function showAgain(): void {
  for (const act of undo.splice(0)) act()
}

/** No new backup can be written: what a full disk is to pgBackRest. Archiving goes on. */
export function lockBackups(): void {
  const folder = join(paths.repository(), 'backup', stanza)
  const { uid, gid, mode } = statSync(folder)
  chownSync(folder, 0, 0)
  chmodSync(folder, 0o555)
  undo.push(() => {
    chownSync(folder, uid, gid)
    chmodSync(folder, mode)
  })
}

/** Takes out of the folder's archive what was archived since a moment. */
export function hideWal(since: Date): void {
  const root = join(paths.repository(), 'archive', stanza)
  const hidden = join(labHome(), 'hidden-wal')
  for (const file of segmentsIn(root)) {
    if (statSync(file).mtimeMs < since.getTime()) continue
    const place = join(hidden, relative(root, file))
    mkdirSync(dirname(place), { recursive: true })
    renameSync(file, place)
    undo.push(() => {
      if (existsSync(place)) renameSync(place, file)
    })
  }
  undo.push(() => rmSync(hidden, { recursive: true, force: true }))
}

function segmentsIn(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\/[0-9A-F]{24}-[0-9a-f]{40}/.test(name))
    .map((name) => join(root, name))
}
