import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { stanza } from '#lab/addresses.ts'
import { labHome, paths } from '#lab/paths.ts'

const undo: (() => void)[] = []

/** Undoes whatever was done to the folder of the repository. */
export function showAgain(): void {
  for (const act of undo.splice(0)) act()
}

/** No new backup can be written: what a full disk is to pgBackRest. Archiving goes on. */
export function lockBackups(): void {
  lock(join(paths.repository(), 'backup', stanza))
}

/** No more WAL can be written there, in folders that there are or new ones. */
export function lockArchive(): void {
  const root = archiveFolder()
  const below = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const folder of [root, ...below.map(({ parentPath, name }) => join(parentPath, name))]) lock(folder)
}

function lock(folder: string): void {
  const { uid, gid, mode } = statSync(folder)
  chownSync(folder, 0, 0)
  chmodSync(folder, 0o555)
  undo.push(() => {
    chownSync(folder, uid, gid)
    chmodSync(folder, mode)
  })
}

/** Overwrites the beginning of the first segment that was archived since a moment, without which it cannot be decrypted; gives the segment's name. */
export function damageWal(since: Date): string {
  const [file] = segmentsIn(archiveFolder())
    .filter((path) => statSync(path).mtimeMs >= since.getTime())
    .toSorted()
  if (file === undefined) throw new Error('Nothing was archived since.')
  const sound = readFileSync(file)
  const damaged = Buffer.from(sound)
  damaged.fill(0xa5, 0, 256)
  writeFileSync(file, damaged)
  undo.push(() => {
    if (existsSync(file)) writeFileSync(file, sound)
  })
  return basename(file).slice(0, 24)
}

/** Takes out of the folder's archive what was archived since a moment. */
export function hideWal(since: Date): void {
  const root = archiveFolder()
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

/** Turns one byte in the middle of the largest file of a backup; its name within the backup. */
export function damageBackup(label: string): string {
  const root = join(paths.repository(), 'backup', stanza, label, 'pg_data')
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(root, name)).isFile(),
  )
  const [largest] = names.toSorted((one, other) => statSync(join(root, other)).size - statSync(join(root, one)).size)
  if (largest === undefined) throw new Error(`Backup ${label} has no file.`)
  const file = join(root, largest)
  const sound = readFileSync(file)
  const damaged = Buffer.from(sound)
  const middle = Math.floor(damaged.length / 2)
  damaged.writeUInt8(damaged.readUInt8(middle) ^ 0xff, middle)
  writeFileSync(file, damaged)
  undo.push(() => writeFileSync(file, sound))
  return largest.replace(/\.\w+$/, '')
}

/** The repository as it is before anything was set up in it. */
export function emptyRepository(): void {
  const [folder, hidden] = [paths.repository(), join(labHome(), 'hidden-repository')]
  const { uid, gid, mode } = statSync(folder)
  renameSync(folder, hidden)
  mkdirSync(folder)
  chownSync(folder, uid, gid)
  chmodSync(folder, mode)
  undo.push(() => {
    rmSync(folder, { recursive: true })
    renameSync(hidden, folder)
  })
}

function archiveFolder(): string {
  return join(paths.repository(), 'archive', stanza)
}

function segmentsIn(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\/[0-9A-F]{24}-[0-9a-f]{40}/.test(name))
    .map((name) => join(root, name))
}
