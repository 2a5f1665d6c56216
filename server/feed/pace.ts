import { setTimeout as sleep } from 'node:timers/promises'

/** Shortest time between two tellings: of what can wait, and of what should not. */
const gapMs = { soon: 250, now: 25 } as const

/** When to tell: at once after a silence, then at most four times a second; what is urgent waits 25 ms at most. */
export class Pace {
  #toldAt = 0
  #wanted: keyof typeof gapMs | null = null
  #hurry = new AbortController()

  /** Asks for a telling. */
  want(urgency: keyof typeof gapMs): void {
    if (this.#wanted === 'now' || this.#wanted === urgency) return
    this.#wanted = urgency
    this.#hurry.abort()
  }

  /** Resolves when it is time for a telling that was asked for, or when `idleMs` are over without one, or with the signal. */
  async turn(idleMs: number, signal: AbortSignal): Promise<void> {
    const giveUpAt = Date.now() + idleMs
    while (!signal.aborted) {
      const dueAt = this.#wanted === null ? giveUpAt : this.#toldAt + gapMs[this.#wanted]
      const waitMs = dueAt - Date.now()
      if (waitMs <= 0) break
      this.#hurry = new AbortController()
      await sleep(waitMs, undefined, { signal: AbortSignal.any([signal, this.#hurry.signal]) }).catch(() => {})
    }
    this.#wanted = null
    this.#toldAt = Date.now()
  }
}
