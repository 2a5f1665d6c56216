import { randomUUID } from 'node:crypto'
import { closeSync, fsync, openSync, renameSync, writeFileSync } from 'node:fs'
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** Writes a whole file so that whoever reads it finds either the old text or the new one; after a power cut it may be neither. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = besideOf(path)
  try {
    await writeFile(beside, text, { flag: 'wx', mode: 0o600 })
    await rename(beside, path)
  } catch (error) {
    await unlink(beside).catch(() => {})
    throw error
  }
}

/** Writes a whole file so that after a power cut either the old text or the new one is there, never a part. */
export async function writeDurable(path: string, text: string): Promise<void> {
  const beside = await writeBeside(path, text)
  try {
    renameSync(beside, path)
  } catch (error) {
    await unlink(beside).catch(() => {})
    throw error
  }
  await syncFolder(dirname(path))
}

/** Like `writeDurable`, but only the first of all who try gets it done: true for that one. */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  const beside = await writeBeside(path, text)
  try {
    await link(beside, path)
    await syncFolder(dirname(path))
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await unlink(beside)
  }
}

/** Text of a file; null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return null
    throw error
  }
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, 'r')
  try {
    await synced(folder)
  } finally {
    closeSync(folder)
  }
}

/** True for an error of the operating system with this name, e.g. `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

// What waits for the disk is left to a thread; the rest is done by the time that a thread would have been woken.
async function writeBeside(path: string, text: string): Promise<string> {
  const beside = besideOf(path)
  const file = openSync(beside, 'wx', 0o600)
  try {
    writeFileSync(file, text)
    await synced(file)
  } catch (error) {
    await unlink(beside).catch(() => {})
    throw error
  } finally {
    closeSync(file)
  }
  return beside
}

function besideOf(path: string): string {
  return `${path}.${randomUUID()}.new`
}

const synced = promisify(fsync)
