import type { Binding } from '#agent/protocol/signature.ts'
import type { ArgsOf, VerbName } from '#agent/protocol/verbs.ts'

/** What an agent can do, behind all checks. */
export interface Verbs {
  /**
   * Does a verb whose caller, fence and arguments were checked. A call resolves with its result; a job with its JobState as soon
   * as it is journaled, or as it stands when this operation's step was begun before. Rejects with RefusedError.
   */
  perform: <N extends VerbName>(name: N, args: ArgsOf<N>, binding: Binding) => Promise<unknown>
  running: () => { operation: string; step: string; verb: string }[]
  /** Stops following jobs; the jobs themselves go on. */
  close: () => Promise<void>
}
