import type { JobState } from '#agent/protocol/job.ts'
import type { StepOutcome } from '../define.ts'
import { failureOf } from '../pgbackrest-failure.ts'
import { askInfo, isDoubtful } from './ask-agent.ts'
import type { BackupContext } from './context.ts'
import { newBackups } from './new-backups.ts'
import { labelIn } from './pgbackrest-words.ts'

/** How the step ends where the job has ended; null while it goes on, a sentence while what decides is not known yet. */
export async function endOfJob(context: BackupContext, job: JobState): Promise<StepOutcome | string | null> {
  const { node } = context.operation.plan
  switch (job.state) {
    case 'accepted':
    case 'running':
      return null
    case 'succeeded':
      await context.remember({ jobLabel: labelIn(job.result) })
      return { kind: 'done', detail: `pgBackRest on ${node} ended well.` }
    case 'failed':
      return failed(job, node)
    case 'cancelled':
      return cancelled(context)
    case 'lost':
      return lostJob(context, job)
  }
}

function failed({ exitCode, signal, problem }: JobState, node: string): StepOutcome {
  if (exitCode === null) {
    const how = signal === null ? 'did not end by itself' : `was ended by the signal ${signal}`
    return { kind: 'failed', detail: `pgBackRest on ${node} ${how}. ${problem ?? ''}`.trimEnd() }
  }
  const { kind, detail } = failureOf(exitCode, problem ?? '')
  return { kind, detail: `pgBackRest on ${node} failed. ${detail}` }
}

async function cancelled(context: BackupContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const asker = await context.cancelAskedBy()
  const who =
    asker === null
      ? `Somebody on ${node} ended pgBackRest`
      : `${asker} cancelled it, and pgBackRest on ${node} has ended`
  return { kind: 'cancelled', detail: `${who}. What it had copied is no backup.` }
}

/** Nobody saw how it ended: what the repository lists decides, as soon as the agent tells it. */
async function lostJob(context: BackupContext, { problem }: JobState): Promise<StepOutcome | string> {
  const { node } = context.operation.plan
  const info = await infoOrWhyNot(context)
  if ('sentence' in info) return info.sentence
  const fresh = newBackups(context, info.answer)
  if (fresh === null) return 'What pgBackRest lists there cannot be read.'
  const made = fresh.own[0] ?? fresh.unsigned[0]
  if (made) await context.remember({ jobLabel: made.label })
  if (made) return { kind: 'done', detail: `Nobody saw how pgBackRest on ${node} ended, but its backup is listed.` }
  const why = problem ?? `${node} was started anew, or pgBackRest was killed there.`
  return { kind: 'failed', detail: `The backup was broken off, and nothing new is listed. ${why}` }
}

async function infoOrWhyNot(context: BackupContext): Promise<{ answer: unknown } | { sentence: string }> {
  try {
    return { answer: await askInfo(context) }
  } catch (error) {
    if (isDoubtful(error)) return { sentence: error.message }
    throw error
  }
}
