import type { ArgsOf, VerbName } from '#agent/protocol/verbs.ts'
import { AppError } from '#server/errors.ts'

/** The agent of one node, as an operation may ask it; handed over by the worker, which holds the signing key. */
export interface AgentAccess {
  node: string
  /**
   * Asks for a verb; resolves with the answer as it came, a job's with its state. A request that changes something is bound to
   * the operation's run; asked again for the same (operation, step) the agent attaches to the job of before. Throws AppError:
   * `unreachable`, `timeout` or `protocol` where it may have arrived all the same; `not-found` where the agent knows no such
   * job; OldEpochError where it was shown a higher epoch before; `conflict` where it is busy with something else; `refused` or any other code where it said no.
   */
  ask<N extends VerbName>(verb: N, args: ArgsOf<N>, binding: RunBinding | null, signal: AbortSignal): Promise<unknown>
}

/** What a request that changes something is bound to; null for what only reads. */
export interface RunBinding {
  operation: string
  step: string
  epoch: number
  planHash: string
}

/** The agent has been asked under a higher epoch of the cluster before: by a successor, or by an operation of another lane. */
export class OldEpochError extends AppError {
  constructor(sentence: string, options: { cause?: unknown } = {}) {
    super('refused', sentence, options)
    this.name = 'OldEpochError'
  }
}
