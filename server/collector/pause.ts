/** A sleep between two looks that ends early when it is woken or the loop is over. */
export class Pause {
  #wake: (() => void) | null = null

  /** Resolves after `ms`, on `wake`, or at once when the signal is aborted. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.#wake = null
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal.addEventListener('abort', end)
      this.#wake = end
    })
  }

  /** Ends the present sleep, if there is one. */
  wake(): void {
    this.#wake?.()
  }
}
