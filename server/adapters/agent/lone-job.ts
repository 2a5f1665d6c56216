import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { jobState, type JobState } from '#agent/protocol/job.ts'
import type { Binding } from '#agent/protocol/signature.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { AppError } from '#server/errors.ts'
import { unbound } from './call.ts'
import { callVerb, startJob, type JobVerb } from './call-verb.ts'
import type { AskedAgent } from './pgbackrest.ts'
import { AgentRefusal } from './refusal.ts'

/** A job that belongs to no operation: a long look. */
export interface LoneJob<N extends JobVerb> {
  /** Stands where the operation's id would. */
  id: string
  verb: N
  args: ArgsOf<N>
  /** Draws the next epoch of the cluster: an agent takes no request of a lower one than it has seen. */
  nextEpoch: () => Promise<number>
  /** Is given each line of its output once, and called also where there is none; false = it is wanted no more, and ended. */
  hear?: (lines: readonly string[]) => Promise<boolean>
}

const pollMs = 500
const mostEpochs = 5
/** Silent for longer than this, an agent is waited for no more. */
const silentMs = 60_000
/** Where nobody hears it, none of its output is asked for. */
const noLine = 1_000_000_000

/** Has an agent do a job that no operation asks for, and resolves with its result; throws AppError `refused` where it failed. */
export async function loneJob<N extends JobVerb>(asked: AskedAgent, job: LoneJob<N>): Promise<unknown> {
  await begin(asked, job)
  let heardAt = performance.now()
  let from = job.hear ? 0 : noLine
  for (;;) {
    const state = await stateOf(asked, job, from).catch((error: unknown) => {
      if (!isPassing(error) || performance.now() - heardAt > silentMs) throw error
      return null
    })
    if (state !== null) {
      heardAt = performance.now()
      if (state.state === 'succeeded') return state.result
      if (state.state !== 'accepted' && state.state !== 'running')
        throw new AppError('refused', endSentence(asked, state))
      from = job.hear ? state.output.from + state.output.lines.length : noLine
    }
    if (job.hear && !(await job.hear(state?.output.lines ?? []))) {
      await end(asked, job)
      throw new AppError('refused', `"${job.verb}" on ${asked.agent.node} was ended: nobody waits for it any more.`)
    }
    await sleep(pollMs, undefined, { signal: asked.signal })
  }
}

function begin<N extends JobVerb>({ agent, key, signal }: AskedAgent, job: LoneJob<N>): Promise<void> {
  const { verb, args } = job
  return bound(job, (binding) => startJob({ agent, key, verb, args, binding, now: new Date(), signal }))
}

/** Ends the job; where the agent does not do so, it goes on to an end that nobody waits for, and no harm is done. */
async function end<N extends JobVerb>({ agent, key, signal }: AskedAgent, job: LoneJob<N>): Promise<void> {
  const args = { operation: job.id, step: job.verb }
  try {
    await bound(job, (binding) =>
      callVerb({ agent, key, verb: 'job-cancel', args, binding, now: new Date(), signal }, z.unknown()),
    )
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

/** Asks in the job's name, under an epoch that holds. */
async function bound<N extends JobVerb>(
  { id, verb, args, nextEpoch }: LoneJob<N>,
  send: (binding: Omit<Binding, 'audience'>) => Promise<unknown>,
): Promise<void> {
  const planHash = createHash('sha256').update(JSON.stringify(args)).digest('hex')
  for (let tries = 1; ; tries += 1) {
    try {
      await send({ operation: id, step: verb, epoch: await nextEpoch(), planHash })
      return
    } catch (error) {
      const isOld = error instanceof AgentRefusal && error.refusal === 'old-epoch'
      // An operation of another lane may have drawn one in between, but hardly at every turn.
      if (!isOld || tries >= mostEpochs) throw error
    }
  }
}

function stateOf(
  { agent, key, signal }: AskedAgent,
  { id, verb }: { id: string; verb: string },
  from: number,
): Promise<JobState> {
  const args = { operation: id, step: verb, from }
  return callVerb({ agent, key, verb: 'job-state', args, binding: unbound, now: new Date(), signal }, jobState)
}

function isPassing(error: unknown): boolean {
  return error instanceof AppError && ['unreachable', 'timeout', 'protocol'].includes(error.code)
}

function endSentence({ agent: { node } }: AskedAgent, { verb, state, problem }: JobState): string {
  if (problem !== null) return problem
  return state === 'lost'
    ? `Nobody saw how "${verb}" ended on ${node}: the machine was started anew, or the job was killed.`
    : `"${verb}" failed on ${node}, and did not say why.`
}
