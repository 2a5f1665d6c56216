import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { beat, type WorkerIdentity } from '#server/store/workers.ts'
import { seldom } from './seldom.ts'

/** A worker silent for longer is taken for dead, ms; on the clock of the database. */
export const overdueMs = 10_000

const everyMs = 2_000

/** Says every two seconds that this worker lives, until the signal; calls `onFenced` once its name is not its own any more. */
export class Heartbeat {
  readonly #store: Store
  readonly #self: WorkerIdentity
  readonly #log: Log
  #unbrokenSince: number | null = null
  #lastAt = 0
  /** How late the loop came back at last. */
  #lateMs = 0

  constructor(given: { store: Store; self: WorkerIdentity; log: Log }) {
    this.#store = given.store
    this.#self = given.self
    this.#log = given.log
  }

  /**
   * How long this worker has beaten without a gap, ms. After a gap everybody looks dead, although it may have been the store
   * that was away: others are judged only once they had time to beat again.
   */
  get unbrokenMs(): number {
    if (this.#unbrokenSince === null || performance.now() - this.#lastAt > 2 * everyMs) return 0
    return performance.now() - this.#unbrokenSince
  }

  async run(onFenced: () => void, signal: AbortSignal): Promise<void> {
    const isDue = seldom()
    while (!signal.aborted) {
      const startedAt = performance.now()
      try {
        if (!(await beat(this.#store, this.#self, this.#lateMs))) return onFenced()
        const isAfterGap = startedAt - this.#lastAt > 2 * everyMs
        if (this.#unbrokenSince === null || isAfterGap) this.#unbrokenSince = startedAt
        this.#lastAt = performance.now()
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        if (isDue(reason)) this.#log.warn({ reason }, 'the heartbeat could not be written')
      }
      const restMs = Math.max(everyMs - (performance.now() - startedAt), 100)
      const restsAt = performance.now()
      await sleep(restMs, undefined, { signal }).catch(() => {})
      this.#lateMs = Math.max(0, Math.round(performance.now() - restsAt - restMs))
    }
  }
}
