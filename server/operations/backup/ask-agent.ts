import { jobState, type JobState } from '#agent/protocol/job.ts'
import { AppError } from '#server/errors.ts'
import type { AgentAccess } from '../agent-access.ts'
import type { BackupContext } from './context.ts'

/** The step whose job is the backup: agents know it by operation and step. */
export const jobStep = 'ask'

/** The agent that the plan names; throws AppError `refused` where none is enrolled there any more. */
export function agentOf({ cluster, operation }: BackupContext): AgentAccess {
  const { node } = operation.plan
  const agent = cluster.agent(node)
  if (agent) return agent
  throw new AppError('refused', `No agent is enrolled on ${node} any more, so nobody there can be asked.`)
}

/** What the agent can say of the backup's job now: `silent` where it does not answer. */
export type JobSight =
  | { kind: 'job'; job: JobState }
  | { kind: 'none' }
  /** The reason in a sentence, to be told to whoever waits. */
  | { kind: 'silent'; sentence: string }

/** Looks at the job without changing anything; lines of its output from `from` on. */
export async function lookAtJob(context: BackupContext, from: number): Promise<JobSight> {
  const agent = context.cluster.agent(context.operation.plan.node)
  if (!agent) return { kind: 'silent', sentence: 'The console has no access to it at the moment.' }
  try {
    const args = { operation: context.operation.id, step: jobStep, from }
    const answer = jobState.safeParse(await agent.ask('job-state', args, null, context.signal))
    if (answer.success) return { kind: 'job', job: answer.data }
    return { kind: 'silent', sentence: 'Its answer cannot be read: it may be of another version than this console.' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code === 'not-found' ? { kind: 'none' } : { kind: 'silent', sentence: error.message }
  }
}

/** What pgBackRest on the node says of its repositories; throws what asking throws. */
export function askInfo(context: BackupContext, output: 'json' | 'text' = 'json'): Promise<unknown> {
  const { stanza } = context.operation.plan
  return agentOf(context).ask('pgbackrest-info', { stanza, output }, null, context.signal)
}

/** True for an error after which it is not known whether the request arrived. */
export function isDoubtful(error: unknown): error is AppError {
  return error instanceof AppError && ['unreachable', 'timeout', 'protocol'].includes(error.code)
}
