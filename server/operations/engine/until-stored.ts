import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'

/**
 * Repeats a write until the store has taken it: without the store nothing may be done, so there is nothing better to do than
 * to wait for it. The write must be such that a second one, after an answer that was lost, changes nothing.
 */
export async function untilStored<T>(write: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await write()
    } catch (error) {
      if (!isPassing(error)) throw error
      await sleep(Math.min(100 * 2 ** failures, 2_000))
    }
  }
}

const serializationFailure = '40001'
const deadlockDetected = '40P01'
// A store that just became a replica; and a full disk or failing system (classes 53 and 58): with a cluster stopped half-way, waiting is better than ending.
const readOnly = '25006'

function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'store-unreachable' || error.code === 'timeout'
  if (!(error instanceof Error) || !('code' in error)) return false
  if (error.code === serializationFailure || error.code === deadlockDetected || error.code === readOnly) return true
  return typeof error.code === 'string' && /^(?:53|58)/.test(error.code)
}
