import type { Reading } from '#domain/snapshot/reading.ts'
import { LookError } from './look-error.ts'

/** Turns a look into a reading: what an adapter could not see becomes a problem, anything else is a bug and is thrown. */
export async function toReading<T>(look: Promise<T>, clock: () => Date): Promise<Reading<T>> {
  try {
    const value = await look
    return { ok: true, observedAt: clock(), value }
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    return { ok: false, observedAt: clock(), kind: error.kind, sentence: error.message }
  }
}
