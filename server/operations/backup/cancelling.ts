import { AppError } from '#server/errors.ts'
import { askBound } from '../ask-bound.ts'
import { agentOf, jobStep } from './ask-agent.ts'
import type { BackupContext } from './context.ts'

/** Has the agent end the job once somebody wants that; asked again until the agent has taken it. */
export class Cancelling {
  readonly #context: BackupContext
  #isTaken = false
  #told = ''

  constructor(context: BackupContext) {
    this.#context = context
  }

  async sendIfAsked(): Promise<void> {
    if (this.#isTaken) return
    const asker = await this.#context.cancelAskedBy()
    if (asker === null) return
    const { id: operation, plan } = this.#context.operation
    try {
      await askBound(this.#context, agentOf(this.#context), 'job-cancel', { operation, step: jobStep })
      this.#isTaken = true
      this.#context.say(`${asker} cancelled it: the agent on ${plan.node} ends pgBackRest`)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const line = `${asker} cancelled it, but the agent on ${plan.node} has not taken that yet: ${error.message}`
      if (line !== this.#told) this.#context.say(line)
      this.#told = line
    }
  }
}
