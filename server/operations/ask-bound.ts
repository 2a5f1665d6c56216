import type { ArgsOf, VerbName } from '#agent/protocol/verbs.ts'
import { type AgentAccess, OldEpochError } from './agent-access.ts'
import type { StepContext } from './define.ts'
import { jobName } from './job-name.ts'

/**
 * Asks an agent for something that changes the world: only while this run is the one that may act, and bound to it. Epochs are
 * the cluster's, so an operation of another lane may have shown this agent a higher one: then the run draws the next, which
 * whoever was fenced off cannot, and asks again.
 */
export async function askBound<N extends VerbName>(
  context: Pick<StepContext, 'fence' | 'renew' | 'binding' | 'signal'>,
  agent: AgentAccess,
  verb: N,
  args: ArgsOf<N>,
  /** Names one of several jobs of a step. */
  part: string | null = null,
): Promise<unknown> {
  for (let renewals = 0; ; renewals += 1) {
    await context.fence()
    try {
      const { binding } = context
      const bound = { ...binding, step: jobName(binding.step, part) }
      return await agent.ask(verb, args, bound, context.signal)
    } catch (error) {
      if (!(error instanceof OldEpochError) || renewals >= mostRenewals) throw error
      await context.renew()
    }
  }
}

/** Another operation may draw one in between, but hardly at every turn. */
const mostRenewals = 5
