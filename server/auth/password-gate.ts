import { AppError } from '#server/errors.ts'

/** Lets a few in at once and some wait, so that checking passwords never takes the whole machine; nobody waits longer than those before him. */
export class Gate {
  readonly #atOnce: number
  readonly #mostWaiting: number
  #inside = 0
  readonly #first: (() => void)[] = []
  readonly #others: (() => void)[] = []

  constructor({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
  }

  /** Does some work once it is its turn; those who come first do not stand behind the others. Throws AppError `limited` where too many wait. */
  async run<T>(work: () => Promise<T>, { isFirst }: { isFirst: boolean }): Promise<T> {
    if (this.#inside >= this.#atOnce) await this.#wait(isFirst ? this.#first : this.#others)
    else this.#inside += 1
    try {
      return await work()
    } finally {
      // Whoever waits takes over the place, or it is free.
      const next = this.#first.shift() ?? this.#others.shift()
      if (next) next()
      else this.#inside -= 1
    }
  }

  #wait(queue: (() => void)[]): Promise<void> {
    if (queue.length >= this.#mostWaiting) {
      throw new AppError('limited', 'Too many people sign in at this moment. Wait a few seconds, then try again.')
    }
    return new Promise((resolve) => queue.push(resolve))
  }
}
