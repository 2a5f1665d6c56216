import { setTimeout as sleep } from 'node:timers/promises'
import { jobState, type JobState } from '#agent/protocol/job.ts'
import type { ArgsOf, VerbName } from '#agent/protocol/verbs.ts'
import { AppError } from '#server/errors.ts'
import { askBound } from './ask-bound.ts'
import type { AgentAccess } from './agent-access.ts'
import type { StepContext, StepOutcome } from './define.ts'
import { jobName } from './job-name.ts'
import { Silence } from './engine/silence.ts'

/** A job that a step has an agent do. */
export interface JobWish<N extends VerbName = VerbName> {
  node: string
  verb: N
  args: ArgsOf<N>
  /** Tells the jobs of one step apart. */
  part?: string
  /** What of its output is worth telling; null = not this line. By default every line. */
  tell?: (line: string) => string | null
  /** True = it is ended where somebody cancels the operation. */
  isCancellable?: boolean
}

export type JobEnd = { kind: 'succeeded'; job: JobState } | Exclude<StepOutcome, { kind: 'done' }>

export interface JobPace {
  /** Between two looks at most; a job that has just begun is looked at more often. */
  pollMs: number
  /** An agent that is silent for this long is waited for no longer. */
  silentMs: number
}

const usualPace: JobPace = { pollMs: 500, silentMs: 120_000 }

/** Most jobs take a second or less, and with a cluster down nobody wants to wait for the next look. */
function pauseMs({ pollMs }: JobPace, beganAt: number): number {
  return Math.min(pollMs, 50 + (performance.now() - beganAt) / 20)
}

/**
 * Has the agent of a node do a job and follows it to its end. Asked again after a crash, the agent attaches to the job of before: a step's job is
 * done once, whoever asks. Ends as `failed` where the job did, or where nobody can say how it stands.
 */
export async function runJob<N extends VerbName>(
  context: StepContext,
  wish: JobWish<N>,
  pace: JobPace = usualPace,
): Promise<JobEnd> {
  const silence = new Silence(context, wish.node, pace.silentMs)
  const asked = await untilTaken(context, wish, pace, silence)
  if (asked !== null) return asked
  let isCancelSent = false
  const beganAt = performance.now()
  for (;;) {
    const askedAt = performance.now()
    const job = await look(context, wish, silence)
    if (job !== null) {
      if (await tellNew(context, wish, job)) continue
      const end = endOf(wish, job, job.state === 'cancelled' ? await context.cancelAskedBy() : null)
      if (end !== null) return end
    }
    if (silence.isOver()) return silence.end(`how its job "${wish.verb}" stands`)
    if (wish.isCancellable && !isCancelSent) isCancelSent = await cancelIfAsked(context, wish)
    // The agent holds its answer back while there is nothing new: what it has waited is not waited again.
    const restMs = pauseMs(pace, beganAt) - (performance.now() - askedAt)
    await sleep(Math.max(0, restMs), undefined, { signal: context.signal })
  }
}

/** Asks until the agent is known to have the job; how the step ends where it does not come to that. */
async function untilTaken<N extends VerbName>(
  context: StepContext,
  wish: JobWish<N>,
  pace: JobPace,
  silence: Silence,
): Promise<JobEnd | null> {
  const { node, verb, args, part = null } = wish
  for (;;) {
    try {
      await askBound(context, agentOn(context, node), verb, args, part)
      return null
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error
      if (!isDoubtful(error)) return refusedBy(node, error)
      silence.heard(error.message)
    }
    if (silence.isOver()) return silence.end(`whether it has the job "${verb}"`)
    await sleep(pace.pollMs, undefined, { signal: context.signal })
  }
}

/** The agent of a node; throws AppError `unreachable` where none can be asked now. */
export function agentOn({ cluster }: Pick<StepContext, 'cluster'>, node: string): AgentAccess {
  const agent = cluster.agent(node)
  if (agent) return agent
  throw new AppError('unreachable', `No agent that may be asked is enrolled on ${node} at the moment.`)
}

/** True for an error after which it is not known whether the request arrived. */
export function isDoubtful(error: AppError): boolean {
  return ['unreachable', 'timeout', 'protocol'].includes(error.code)
}

function refusedBy(node: string, { message }: AppError): JobEnd {
  return { kind: 'failed', detail: `The agent on ${node} refused: ${message}` }
}

async function look(
  context: StepContext,
  { node, part }: Pick<JobWish, 'node' | 'part'>,
  silence: Silence,
): Promise<JobState | null> {
  const { operation, step } = context.binding
  const name = jobName(step, part)
  const from = context.facts.nextLines?.[name] ?? 0
  try {
    const answer = jobState.safeParse(
      await agentOn(context, node).ask('job-state', { operation, step: name, from }, null, context.signal),
    )
    if (answer.success) {
      silence.broken()
      return answer.data
    }
    silence.heard('Its answer cannot be read: it may be of another version than this console.')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    silence.heard(error.message)
  }
  return null
}

/** True where there may be more lines that were not read yet. */
async function tellNew(context: StepContext, { part, tell }: JobWish, { output }: JobState): Promise<boolean> {
  const name = jobName(context.binding.step, part)
  for (const line of output.lines) {
    const told = tell ? tell(line) : line
    if (told !== null && told.trim() !== '') context.say(told)
  }
  if (output.lines.length === 0) return false
  const next = output.from + output.lines.length
  context.note({ nextLines: { ...context.facts.nextLines, [name]: next } })
  return next < output.total
}

function endOf({ node, verb }: Pick<JobWish, 'node' | 'verb'>, job: JobState, asker: string | null): JobEnd | null {
  switch (job.state) {
    case 'accepted':
    case 'running':
      return null
    case 'succeeded':
      return { kind: 'succeeded', job }
    case 'cancelled':
      return {
        kind: 'cancelled',
        detail: `${asker === null ? '' : `${asker} cancelled it: `}"${verb}" on ${node} was ended before it was done.`,
      }
    case 'failed':
      return { kind: 'failed', detail: job.problem ?? `"${verb}" failed on ${node}, and did not say why.` }
    case 'lost':
      return {
        kind: 'failed',
        detail: `Nobody saw how "${verb}" ended on ${node}: ${job.problem ?? 'the machine was started anew, or the job was killed.'}`,
      }
  }
}

async function cancelIfAsked(context: StepContext, { node, part }: JobWish): Promise<boolean> {
  const asker = await context.cancelAskedBy()
  if (asker === null) return false
  const { operation, step } = context.binding
  try {
    await askBound(context, agentOn(context, node), 'job-cancel', { operation, step: jobName(step, part) })
    context.say(`${asker} cancelled it: the agent on ${node} ends the job`)
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return false
  }
}
