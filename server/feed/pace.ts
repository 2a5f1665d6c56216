/** Shortest time between two tellings: of what can wait, and of what should not. */
const gapMs = { soon: 250, now: 25 } as const

/** When to tell: at once after a silence, then at most four times a second; what is urgent waits 25 ms at most. */
export class Pace {
  #toldAt = 0
  #wanted: keyof typeof gapMs | null = null
  #hurry: () => void = () => {}

  /** Asks for a telling. */
  want(urgency: keyof typeof gapMs): void {
    if (this.#wanted === 'now' || this.#wanted === urgency) return
    this.#wanted = urgency
    this.#hurry()
  }

  /** Resolves when it is time for a telling that was asked for, or when `idleMs` are over without one, or with the signal. */
  async turn(idleMs: number, signal: AbortSignal): Promise<void> {
    const giveUpAt = Date.now() + idleMs
    while (!signal.aborted) {
      const dueAt = this.#wanted === null ? giveUpAt : this.#toldAt + gapMs[this.#wanted]
      const waitMs = dueAt - Date.now()
      if (waitMs <= 0) break
      await this.#wait(waitMs, signal)
    }
    this.#wanted = null
    this.#toldAt = Date.now()
  }

  // By hand: a signal that lives as long as the process keeps something of each AbortSignal.any that was made of it.
  #wait(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#hurry = () => {}
        resolve()
      }
      const timer = setTimeout(done, waitMs)
      signal.addEventListener('abort', done)
      this.#hurry = done
    })
  }
}
