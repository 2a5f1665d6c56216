import { LookError } from '../look-error.ts'

/** A look waits its turn; an act goes before all looks that wait. */
export type Rank = 'look' | 'act'

interface Waiting {
  begin: () => void
  rank: Rank
}

/** Runs at most `width` pieces of work at once for each key: acts before looks, else in the order in which they came. */
export class Lanes {
  readonly #width: number
  readonly #busy = new Map<string, number>()
  readonly #waiting = new Map<string, Waiting[]>()

  constructor(width: number) {
    this.#width = width
  }

  /** Throws LookError `timeout` when the signal ends the wait. */
  async run<T>(key: string, rank: Rank, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const busy = this.#busy.get(key) ?? 0
    if (busy >= this.#width) await this.#turn(key, rank, signal)
    else this.#busy.set(key, busy + 1)
    try {
      return await work()
    } finally {
      this.#leave(key)
    }
  }

  #turn(key: string, rank: Rank, signal: AbortSignal | undefined): Promise<void> {
    const queue = this.#waiting.get(key) ?? []
    this.#waiting.set(key, queue)
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      const waiting = { begin, rank }
      const giveUp = () => {
        queue.splice(queue.indexOf(waiting), 1)
        const sentence = `The ${rank === 'act' ? 'request to' : 'look at'} ${new URL(key).host} was given up while earlier ones were still under way.`
        reject(new LookError('timeout', sentence, { mayHaveArrived: false }))
      }
      const firstLook = queue.findIndex((other) => other.rank === 'look')
      queue.splice(rank === 'act' && firstLook >= 0 ? firstLook : queue.length, 0, waiting)
      signal?.addEventListener('abort', giveUp, { once: true })
      if (signal?.aborted === true) giveUp()
    })
  }

  // A place is handed on to whoever waits first, so that no newcomer can slip in between.
  #leave(key: string): void {
    const queue = this.#waiting.get(key)
    const next = queue?.shift()
    if (queue?.length === 0) this.#waiting.delete(key)
    if (next !== undefined) return next.begin()
    const busy = (this.#busy.get(key) ?? 1) - 1
    if (busy === 0) this.#busy.delete(key)
    else this.#busy.set(key, busy)
  }
}
