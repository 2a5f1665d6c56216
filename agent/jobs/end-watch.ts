import { type FSWatcher, watch } from 'node:fs'
import { parts } from './job-parts.ts'

/** Sees at once when a job's folder gets the word of its end. Where the machine has no watch left, time alone tells when to look. */
export class EndWatch {
  readonly #watcher: FSWatcher | null
  #isSeen = false
  #wake: (() => void) | null = null

  constructor(folder: string) {
    this.#watcher = watchOver(folder)
    this.#watcher?.on('change', (_, name) => {
      if (name !== parts.end && name !== parts.claim) return
      this.#isSeen = true
      this.#wake?.()
    })
    this.#watcher?.on('error', () => {})
  }

  /** True where the end need not be looked for. */
  get isOn(): boolean {
    return this.#watcher !== null
  }

  /** Resolves when something was seen since the last time, after `ms` at the latest. */
  async seenWithin(ms: number): Promise<void> {
    if (!this.#isSeen) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#wake = null
    this.#isSeen = false
  }

  close(): void {
    this.#watcher?.close()
  }
}

function watchOver(folder: string): FSWatcher | null {
  try {
    return watch(folder, { persistent: false })
  } catch {
    return null
  }
}
