import type { ArgsOf, VerbName } from '#agent/protocol/verbs.ts'

/** The agent of one node, as an operation may ask it; handed over by the worker, which holds the signing key. */
export interface AgentAccess {
  node: string
  /**
   * Asks for a verb; resolves with the answer as it came, a job's with its state. A request that changes something is bound to
   * the operation's run; asked again for the same (operation, step) the agent attaches to the job of before. Throws AppError:
   * `unreachable`, `timeout` or `protocol` where it may have arrived all the same; `not-found` where the agent knows no such
   * job; `conflict` where it is busy with something else; `refused` or any other code where it said no.
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
