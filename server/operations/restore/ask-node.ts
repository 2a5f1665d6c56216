import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { ArgsOf, VerbName } from '#agent/protocol/verbs.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { AppError } from '#server/errors.ts'
import { agentOn, isDoubtful, type JobEnd, type JobWish, runJob } from '../agent-job.ts'
import type { RestoreContext } from './context.ts'

/** What a look at a node needs of its step. */
export type Asking = Pick<RestoreContext, 'cluster' | 'say' | 'signal'>

/** What a node's agent answers to a verb that only reads; one that is silent is waited for. Throws AppError where it says no, or stays silent. */
export async function askNode<N extends VerbName, T>(
  context: Asking,
  { node, verb, args }: { node: string; verb: N; args: ArgsOf<N> },
  answer: z.ZodType<T>,
  patienceMs = 60_000,
): Promise<T> {
  const giveUpAt = performance.now() + patienceMs
  let told = ''
  for (;;) {
    try {
      const parsed = answer.safeParse(await agentOn(context, node).ask(verb, args, null, context.signal))
      if (parsed.success) return parsed.data
      throw new AppError('protocol', `The agent on ${node} answers "${verb}" otherwise than this console knows it.`)
    } catch (error) {
      if (!(error instanceof AppError) || !isDoubtful(error) || performance.now() > giveUpAt) throw error
      if (error.message !== told) context.say(`the agent on ${node} does not answer; waiting for it. ${error.message}`)
      told = error.message
    }
    await sleep(500, undefined, { signal: context.signal })
  }
}

/** As `askNode`; an older agent, which takes no arguments that it does not know, is asked with `older`. */
export async function askNodeOrOlder<N extends VerbName, T>(
  context: Asking,
  { older, ...asked }: { node: string; verb: N; args: ArgsOf<N>; older: ArgsOf<N> },
  answer: z.ZodType<T>,
  patienceMs?: number,
): Promise<T> {
  try {
    return await askNode(context, asked, answer, patienceMs)
  } catch (error) {
    if (!(error instanceof AgentRefusal) || error.refusal !== 'bad-arguments') throw error
    return askNode(context, { ...asked, args: older }, answer, patienceMs)
  }
}

/** Has jobs done one after the other; the first that does not succeed ends it. Null = all are done. */
export async function doJobs(context: RestoreContext, wishes: readonly JobWish[]): Promise<Failure | null> {
  for (const wish of wishes) {
    const end = await runJob(context, wish)
    if (end.kind !== 'succeeded') return end
  }
  return null
}

/** How a job ended that did not succeed: as its step does. */
export type Failure = Exclude<JobEnd, { kind: 'succeeded' }>
