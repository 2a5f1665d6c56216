import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { jobState, type JobState } from '#agent/protocol/job.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import type { CallKey } from '#server/adapters/agent/call.ts'
import type { JobVerb } from '#server/adapters/agent/call-verb.ts'
import { AppError } from '#server/errors.ts'
import { OldEpochError, type AgentAccess } from '#server/operations/agent-access.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { nextEpoch } from '#server/store/workers.ts'
import { agentAccess } from './agent-access.ts'

/** A job that belongs to no operation: a long look. */
export interface LoneJob<N extends JobVerb> {
  clusterId: string
  /** Stands where the operation's id would. */
  id: string
  verb: N
  args: ArgsOf<N>
}

const pollMs = 500
const mostEpochs = 5
/** Silent for longer than this, an agent is waited for no more. */
const silentMs = 60_000

/** Has an agent do a job that no operation asks for, and resolves with its result; throws AppError `refused` where it failed. */
export async function loneJob<N extends JobVerb>(
  { store, key, signal }: { store: Store; key: CallKey; signal: AbortSignal },
  agent: StoredAgent,
  job: LoneJob<N>,
): Promise<unknown> {
  const access = agentAccess(agent, key)
  await begin(store, access, job, signal)
  let heardAt = performance.now()
  for (;;) {
    const state = await stateOf(access, job, signal).catch((error: unknown) => {
      if (!isPassing(error) || performance.now() - heardAt > silentMs) throw error
      return null
    })
    if (state !== null) {
      heardAt = performance.now()
      if (state.state === 'succeeded') return state.result
      if (state.state !== 'accepted' && state.state !== 'running')
        throw new AppError('refused', endSentence(agent, state))
    }
    await sleep(pollMs, undefined, { signal })
  }
}

/** Draws an epoch of its own: an agent takes no request of a lower one than it has seen. */
async function begin<N extends JobVerb>(store: Store, access: AgentAccess, job: LoneJob<N>, signal: AbortSignal) {
  const planHash = createHash('sha256').update(JSON.stringify(job.args)).digest('hex')
  for (let tries = 1; ; tries += 1) {
    const epoch = await inTransaction(store, (tx) => nextEpoch(tx, job.clusterId))
    try {
      await access.ask(job.verb, job.args, { operation: job.id, step: job.verb, epoch, planHash }, signal)
      return
    } catch (error) {
      if (!(error instanceof OldEpochError) || tries >= mostEpochs) throw error
    }
  }
}

async function stateOf(access: AgentAccess, job: Pick<LoneJob<JobVerb>, 'id' | 'verb'>, signal: AbortSignal) {
  // Its output is nothing that anybody waits for.
  const args = { operation: job.id, step: job.verb, from: 1_000_000_000 }
  return jobState.parse(await access.ask('job-state', args, null, signal))
}

function isPassing(error: unknown): boolean {
  return error instanceof AppError && ['unreachable', 'timeout', 'protocol'].includes(error.code)
}

function endSentence({ node }: StoredAgent, { verb, state, problem }: JobState): string {
  if (problem !== null) return problem
  return state === 'lost'
    ? `Nobody saw how "${verb}" ended on ${node}: the machine was started anew, or the job was killed.`
    : `"${verb}" failed on ${node}, and did not say why.`
}
