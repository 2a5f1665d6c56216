import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** The text of a file; null when there is none, an error when there is one that cannot be read. */
export async function readText(file: string): Promise<string | null> {
  // Most of what is looked for at every status is not there: to learn so needs no thread.
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return null
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
