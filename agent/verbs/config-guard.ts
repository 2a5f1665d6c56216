import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RefusedError } from '#agent/refused-error.ts'

/**
 * Refuses a configuration that somebody other than root, or whom this process runs as, could have written: it says which
 * programs are run in that user's name.
 */
export async function requireGuardedConfig(path: string, ownUserId: number): Promise<void> {
  for (const place of [path, dirname(path)]) {
    const { uid, mode } = await stat(place)
    const others = (mode & 0o022) !== 0 && (mode & 0o1000) === 0
    if (!others && (uid === 0 || uid === ownUserId)) continue
    const who = others ? 'others than its owner may write it' : `user ${uid} owns it`
    throw new RefusedError(
      'failed',
      `${place} is not to be trusted: ${who}. Give it to root with mode 0644 (a folder: 0755).`,
    )
  }
}
