import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { jobState, type JobState } from '#agent/protocol/job.ts'
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
}

const pollMs = 500
const mostEpochs = 5
/** Silent for longer than this, an agent is waited for no more. */
const silentMs = 60_000
/** Its output is nothing that anybody waits for. */
const noLine = 1_000_000_000

/** Has an agent do a job that no operation asks for, and resolves with its result; throws AppError `refused` where it failed. */
export async function loneJob<N extends JobVerb>(asked: AskedAgent, job: LoneJob<N>): Promise<unknown> {
  await begin(asked, job)
  let heardAt = performance.now()
  for (;;) {
    const state = await stateOf(asked, job).catch((error: unknown) => {
      if (!isPassing(error) || performance.now() - heardAt > silentMs) throw error
      return null
    })
    if (state !== null) {
      heardAt = performance.now()
      if (state.state === 'succeeded') return state.result
      if (state.state !== 'accepted' && state.state !== 'running')
        throw new AppError('refused', endSentence(asked, state))
    }
    await sleep(pollMs, undefined, { signal: asked.signal })
  }
}

async function begin<N extends JobVerb>({ agent, key, signal }: AskedAgent, job: LoneJob<N>): Promise<void> {
  const { id, verb, args, nextEpoch } = job
  const planHash = createHash('sha256').update(JSON.stringify(args)).digest('hex')
  for (let tries = 1; ; tries += 1) {
    const binding = { operation: id, step: verb, epoch: await nextEpoch(), planHash }
    try {
      await startJob({ agent, key, verb, args, binding, now: new Date(), signal })
      return
    } catch (error) {
      const isOld = error instanceof AgentRefusal && error.refusal === 'old-epoch'
      // An operation of another lane may have drawn one in between, but hardly at every turn.
      if (!isOld || tries >= mostEpochs) throw error
    }
  }
}

function stateOf({ agent, key, signal }: AskedAgent, { id, verb }: { id: string; verb: string }): Promise<JobState> {
  const args = { operation: id, step: verb, from: noLine }
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
