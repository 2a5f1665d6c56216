import { readdir } from 'node:fs/promises'
import { isCode } from '#agent/durable.ts'

/** What a folder holds, by name; nothing where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
