import { randomBytes } from 'node:crypto'
import { open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Replaces a file by this content, for its owner alone: after a power cut there is the old one or the new one, whole. */
export async function writeWhole(file: string, content: string): Promise<void> {
  const next = `${file}.${randomBytes(6).toString('hex')}.next`
  try {
    const handle = await open(next, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(next, file)
  } catch (error) {
    await unlink(next).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(file))
}

/** Makes names durable: without it a renamed file can be gone after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
