const spacingMs = 1_000
const most = 8
const regainMs = 20_000

/**
 * When a system may be looked at besides its beat (epoch ms): a second after its last look, and of those no more at once than a failover
 * has news. Whatever flaps for long has half as many looks more than it would at rest.
 */
export class ExtraLooks {
  #left = most
  #countedAtMs: number
  #lookedAtMs = Number.NEGATIVE_INFINITY

  constructor(nowMs: number) {
    this.#countedAtMs = nowMs
  }

  /** A look begins. */
  note(nowMs: number): void {
    this.#lookedAtMs = nowMs
  }

  /** Takes one: when it may begin; null = none is left, its beat must do. */
  take(nowMs: number): number | null {
    const regained = Math.floor((nowMs - this.#countedAtMs) / regainMs)
    this.#countedAtMs += regained * regainMs
    this.#left = Math.min(most, this.#left + regained)
    if (this.#left === 0) return null
    this.#left -= 1
    return Math.max(nowMs, this.#lookedAtMs + spacingMs)
  }
}
