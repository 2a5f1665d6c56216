import { LookError } from '../look-error.ts'

/** Runs at most `width` pieces of work at once for each key, in the order in which they came; the rest waits. */
export class Lanes {
  readonly #width: number
  readonly #busy = new Map<string, number>()
  readonly #waiting = new Map<string, (() => void)[]>()

  constructor(width: number) {
    this.#width = width
  }

  /** Throws LookError `timeout` when the signal ends the wait. */
  async run<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const busy = this.#busy.get(key) ?? 0
    if (busy >= this.#width) await this.#turn(key, signal)
    else this.#busy.set(key, busy + 1)
    try {
      return await work()
    } finally {
      this.#leave(key)
    }
  }

  #turn(key: string, signal: AbortSignal | undefined): Promise<void> {
    const queue = this.#waiting.get(key) ?? []
    this.#waiting.set(key, queue)
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = () => {
        queue.splice(queue.indexOf(begin), 1)
        const sentence = `The look at ${new URL(key).host} was given up while earlier ones were still under way.`
        reject(new LookError('timeout', sentence, { mayHaveArrived: false }))
      }
      queue.push(begin)
      signal?.addEventListener('abort', giveUp, { once: true })
      if (signal?.aborted === true) giveUp()
    })
  }

  // A place is handed on to whoever waits longest, so that no newcomer can slip in between.
  #leave(key: string): void {
    const queue = this.#waiting.get(key)
    const next = queue?.shift()
    if (queue?.length === 0) this.#waiting.delete(key)
    if (next !== undefined) return next()
    const busy = (this.#busy.get(key) ?? 1) - 1
    if (busy === 0) this.#busy.delete(key)
    else this.#busy.set(key, busy)
  }
}
