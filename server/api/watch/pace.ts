/** So many looks a minute may come from one address to one web process: a page looks every five seconds, and an office has one address. */
const mostLooks = 600

/** Counts looks by address, in this process alone: they cost little and change nothing. */
class Pace {
  #minute = 0
  #counts = new Map<string, number>()

  /** Takes one look of an address; false when it has none left in this minute. */
  take(address: string, nowMs: number): boolean {
    const minute = Math.floor(nowMs / 60_000)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#counts = new Map()
    }
    const count = (this.#counts.get(address) ?? 0) + 1
    this.#counts.set(address, count)
    return count <= mostLooks
  }
}

export const watchPace = new Pace()
