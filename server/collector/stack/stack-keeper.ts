import type { StackView } from '#domain/stack/stack-view.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { saveStack } from '#server/store/stack-view.ts'

export interface StackKeeperOptions {
  store: Store
  clusterId: string
  executorId: string
  view: () => StackView
  onTaken: (view: StackView) => void
  log: Log
}

const spacingMs = { 'at-rest': 5_000, soon: 1_000 }
/** What comes together is taken together. */
const gatherMs = 300

/** Takes a view when something is new, at most every 5 s, or every second of what cannot wait so long, tells of it and keeps it; of what the store cannot take now, only the newest. */
export class StackKeeper {
  readonly #options: StackKeeperOptions
  #timer: NodeJS.Timeout | null = null
  #dueAtMs = 0
  #takenAtMs = Number.NEGATIVE_INFINITY
  #newest: StackView | null = null
  #saving: Promise<void> | null = null
  #hasEnded = false
  #isAway = false

  constructor(options: StackKeeperOptions) {
    this.#options = options
  }

  /** Something is new. */
  poke(urgency: keyof typeof spacingMs): void {
    if (this.#hasEnded) return
    const nowMs = performance.now()
    const dueAtMs = Math.max(this.#takenAtMs + spacingMs[urgency], nowMs + gatherMs)
    if (this.#timer !== null) {
      // Only an earlier moment replaces the one that is set.
      if (dueAtMs >= this.#dueAtMs) return
      clearTimeout(this.#timer)
    }
    this.#dueAtMs = dueAtMs
    this.#timer = setTimeout(() => this.#take(), dueAtMs - nowMs)
  }

  /** Takes no more views and waits until the save under way is over. */
  async stop(): Promise<void> {
    this.end()
    await this.#saving
  }

  /** Takes no more views. */
  end(): void {
    this.#hasEnded = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #take(): void {
    this.#timer = null
    this.#takenAtMs = performance.now()
    const view = this.#options.view()
    this.#newest = view
    this.#saving ??= this.#saveAll().finally(() => (this.#saving = null))
    this.#options.onTaken(view)
  }

  async #saveAll(): Promise<void> {
    while (this.#newest !== null && !this.#hasEnded) {
      const stack = this.#newest
      this.#newest = null
      await this.#save(stack)
    }
  }

  async #save(stack: StackView): Promise<void> {
    const { store, clusterId, executorId, log } = this.#options
    try {
      // Who lost the lease is told so when it keeps its snapshots.
      await saveStack(store, { clusterId, executorId, stack })
      this.#isAway = false
    } catch (error) {
      const isKnown = error instanceof AppError
      if (!this.#isAway || !isKnown) log.error({ error }, 'What the layers say cannot be kept now; the next view is.')
      this.#isAway = true
    }
  }
}
