import { jobState, type JobState } from '#agent/protocol/job.ts'
import type { RepositoryPlan } from '#domain/plan/repository-plan.ts'
import { AppError } from '#server/errors.ts'
import { agentOn, runJob, type JobEnd } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import type { RepositoryContext } from './context.ts'
import { inWords } from '../pgbackrest-failure.ts'
import { resultOf } from './result.ts'

/** Has pgBackRest do the chore, and keeps what it found: of a repository that is damaged that is the result. */
export async function doChore(context: RepositoryContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const end = await jobOf(context, plan)
  if (end.kind === 'succeeded') {
    await context.remember({ chore: resultOf(plan, end.job.result) })
    return { kind: 'done', detail: `pgBackRest on ${plan.node} ended well.` }
  }
  if (end.kind !== 'failed') return end
  // It may have ended by finding something: that is told, whatever the exit code was.
  const chore = resultOf(plan, (await lastState(context))?.result ?? null)
  const failed = inWords(end.detail)
  if (failed.kind === 'failed') {
    const findings = chore.findings.length > 0 ? chore.findings : [failed.detail]
    await context.remember({ chore: { ...chore, isSound: false, findings } })
  }
  return failed
}

function jobOf(context: RepositoryContext, { kind, node, stanza, repository, set }: RepositoryPlan): Promise<JobEnd> {
  switch (kind) {
    case 'repository-check':
      return runJob(context, { node, verb: 'pgbackrest-check', args: { stanza } })
    case 'repository-verify': {
      const args = { stanza, repository }
      return runJob(context, { node, verb: 'pgbackrest-verify', args, isCancellable: true, tell: worthTelling })
    }
    case 'repository-expire':
      return runJob(context, { node, verb: 'pgbackrest-expire', args: { stanza, repository, set, isDryRun: false } })
    case 'stanza-create':
      return runJob(context, { node, verb: 'pgbackrest-stanza-create', args: { stanza } })
  }
}

/** What it says of a file that is not well, and the report; its log tells that as well, set in further. */
export function worthTelling(line: string): string | null {
  const ofFile = / INFO: ((?:file missing|invalid \w+) '.*')$/.exec(line)?.[1]
  if (ofFile !== undefined) return ofFile
  return /^\s{0,4}(?:stanza|status|archiveId|backup):|ERROR|WARN/.test(line) ? line : null
}

async function lastState(context: RepositoryContext): Promise<JobState | null> {
  const { operation, step } = context.binding
  try {
    const args = { operation, step, from: 0 }
    const { node } = context.operation.plan
    const answer = await agentOn(context, node).ask('job-state', args, null, context.signal)
    return jobState.safeParse(answer).data ?? null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return null
  }
}
