/** The server's time as this tab knows it; ticks each second so that ages grow. */
export class Clock {
  #now: Date
  readonly #first: Date
  #offsetMs: number | null = null
  readonly #listeners = new Set<() => void>()

  constructor(serverNow: Date) {
    this.#now = serverNow
    this.#first = serverNow
  }

  /** Starts ticking; the returned function stops it. */
  start(serverNow: Date): () => void {
    this.sync(serverNow)
    const timer = setInterval(() => this.#tick(), 1000)
    return () => clearInterval(timer)
  }

  /** Takes the time of a message that has just arrived. The one that travelled shortest is the most exact. */
  sync(serverNow: Date) {
    const offsetMs = serverNow.getTime() - Date.now()
    const known = this.#offsetMs
    if (known === null || offsetMs > known || known - offsetMs > clockJumpMs) this.#offsetMs = offsetMs
    this.#tick()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly read = (): Date => this.#now

  /** What the server rendered with, so that the first client render agrees. */
  readonly readFirst = (): Date => this.#first

  #tick() {
    this.#now = new Date(Date.now() + (this.#offsetMs ?? 0))
    for (const listener of this.#listeners) listener()
  }
}

const clockJumpMs = 5000
