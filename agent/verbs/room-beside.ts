import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Room left where the data folder lies, bytes; null where it cannot be told. */
export async function roomBeside(dataFolder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(dirname(dataFolder))
    return bavail * bsize
  } catch {
    return null
  }
}
