import { formatDuration } from '#domain/format.ts'
import type { StepContext, StepOutcome } from '../define.ts'

/** How long an agent has not answered, told once for each reason. */
export class Silence {
  readonly #context: Pick<StepContext, 'say'>
  readonly #node: string
  readonly #mostMs: number
  #since: number | null = null
  #told = ''

  constructor(context: Pick<StepContext, 'say'>, node: string, mostMs: number) {
    this.#context = context
    this.#node = node
    this.#mostMs = mostMs
  }

  heard(sentence: string): void {
    this.#since ??= performance.now()
    if (sentence !== this.#told)
      this.#context.say(`the agent on ${this.#node} does not answer; waiting for it. ${sentence}`)
    this.#told = sentence
  }

  broken(): void {
    this.#since = null
    this.#told = ''
  }

  isOver(): boolean {
    return this.#since !== null && performance.now() - this.#since > this.#mostMs
  }

  /** How a step ends that waits no longer. */
  end(what: string): Extract<StepOutcome, { kind: 'failed' }> {
    return {
      kind: 'failed',
      detail: `The agent on ${this.#node} has not answered for ${formatDuration(this.#mostMs)}, so nobody can say ${what}. ${this.#told}`,
    }
  }
}
