import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { ArgsOf, VerbName } from '#agent/protocol/verbs.ts'
import { AppError } from '#server/errors.ts'
import { agentOn, isDoubtful, type JobPace } from '../agent-job.ts'
import { askBound } from '../ask-bound.ts'
import type { StepContext } from '../define.ts'

/** A look at a node. `isBound`: for verbs that may cost something there, and are asked for in the operation's name. */
export interface Look<N extends VerbName, T> {
  node: string
  verb: N
  args: ArgsOf<N>
  answer: z.ZodType<T>
  isBound?: boolean
}

/** What a node's agent answers at once; one that does not answer is asked again. Throws AppError where it says no, or stays silent. */
export async function askNow<N extends VerbName, T>(
  context: StepContext,
  { node, verb, args, answer, isBound }: Look<N, T>,
  pace: JobPace,
): Promise<T> {
  const giveUpAt = performance.now() + Math.min(pace.silentMs, mostMs)
  let told = ''
  for (;;) {
    try {
      const agent = agentOn(context, node)
      const said = isBound
        ? await askBound(context, agent, verb, args, verb)
        : await agent.ask(verb, args, null, context.signal)
      const parsed = answer.safeParse(said)
      if (parsed.success) return parsed.data
      throw new AppError('internal', `The agent on ${node} answers "${verb}" in words that this console does not know.`)
    } catch (error) {
      if (!(error instanceof AppError) || !isDoubtful(error) || performance.now() > giveUpAt) throw error
      if (error.message !== told) context.say(`the agent on ${node} does not answer; waiting for it. ${error.message}`)
      told = error.message
    }
    await sleep(pace.pollMs, undefined, { signal: context.signal })
  }
}

const mostMs = 120_000
