import type { Sample } from '#domain/samples/metrics.ts'
import { sweepMs } from '#domain/samples/sweep.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { saveSamples } from '#server/store/samples/save-samples.ts'

interface SaverOptions {
  store: Store
  clusterId: string
  executorId: string
  signal: AbortSignal
  log: Log
}

const longestAwayMs = 3_600_000
const mostWaiting = longestAwayMs / sweepMs
/** Sweeps written in one statement. */
const mostAtOnce = 60

/** Writes samples sweep by sweep; while the store is away they wait, those of the last hour, and are written with their own times. */
export class SampleSaver {
  readonly #options: SaverOptions
  #waiting: (readonly Sample[])[] = []
  #saving: Promise<void> | null = null
  #isAway = false

  constructor(options: SaverOptions) {
    this.#options = options
  }

  offer(samples: readonly Sample[]): void {
    this.#waiting.push(samples)
    this.#waiting.splice(0, Math.max(0, this.#waiting.length - mostWaiting))
    // What could not be written is tried again with the next sweep.
    this.#saving ??= this.#saveAll().finally(() => (this.#saving = null))
  }

  isAway(): boolean {
    return this.#isAway
  }

  async settle(): Promise<void> {
    await this.#saving
  }

  async #saveAll(): Promise<void> {
    const { signal, log } = this.#options
    while (this.#waiting.length > 0 && !signal.aborted) {
      const sweeps = this.#waiting.slice(0, mostAtOnce)
      try {
        await this.#save(sweeps)
      } catch (error) {
        if (!this.#isAway)
          log.warn({ error }, 'Samples cannot be written; those of the last hour are kept until they can.')
        this.#isAway = true
        return
      }
      if (this.#isAway) log.info({ sweeps: this.#waiting.length }, 'Samples can be written again.')
      this.#isAway = false
      this.#waiting = this.#waiting.filter((sweep) => !sweeps.includes(sweep))
    }
  }

  /** Where the lease is lost whoever has it samples the cluster: what is left here is theirs to have seen. */
  async #save(sweeps: readonly (readonly Sample[])[]): Promise<void> {
    const { store, clusterId, executorId } = this.#options
    const isHeld = await saveSamples(store, { clusterId, executorId, samples: sweeps.flat() })
    if (!isHeld) this.#waiting = []
  }
}
