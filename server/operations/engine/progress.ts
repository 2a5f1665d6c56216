import type { OperationStep } from '#domain/operation/operation.ts'
import type { Facts } from '../define.ts'

type Output = OperationStep['output']

/**
 * Live output and findings of a running step, on their way to the store. Writes follow each other in order and take with them
 * all that came meanwhile, so that a slow store never holds up the looking.
 */
export class Progress {
  readonly facts: Facts
  readonly #output: Output
  readonly #write: (kept: { output: Output; facts: Facts }) => Promise<void>
  readonly #now: () => Date
  #isChanged = false
  #writing: Promise<void> | null = null
  #failure: { error: unknown } | null = null

  constructor(given: {
    output: Output
    facts: Facts
    now: () => Date
    write: (kept: { output: Output; facts: Facts }) => Promise<void>
  }) {
    this.#output = [...given.output]
    this.facts = { ...given.facts }
    this.#now = given.now
    this.#write = given.write
  }

  get output(): Output {
    return this.#output
  }

  say(line: string): void {
    // How it began and what comes now are worth more than what is between.
    if (this.#output.length >= maximumLines) this.#output.splice(firstLines, 1)
    this.#output.push({ at: this.#now(), line })
    this.#change()
  }

  note(facts: Facts): void {
    Object.assign(this.facts, facts)
    this.#change()
  }

  /** Resolves when all that was said and noted so far is stored; throws what a write threw. */
  async stored(): Promise<void> {
    while (this.#writing !== null) await this.#writing
    if (this.#failure) throw this.#failure.error
  }

  #change(): void {
    // Nothing is written after a failure, and a writer that has nothing to do would be waited for for ever.
    if (this.#failure) return
    this.#isChanged = true
    this.#writing ??= this.#writeAll()
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#isChanged) {
        this.#isChanged = false
        await this.#write({ output: this.#output, facts: this.facts })
      }
    } catch (error) {
      this.#failure = { error }
    } finally {
      this.#writing = null
    }
  }
}

const maximumLines = 200
const firstLines = 20
