import { restoreResult } from '#agent/protocol/kept-results.ts'
import { recoveryStatus } from '#agent/protocol/results.ts'
import { restoreProgress } from '#agent/protocol/restore-progress.ts'
import { bytesIn } from '#domain/backup/pgbackrest-size.ts'
import { type JobPace, runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { wireTarget } from '../restore/wire-target.ts'
import type { RehearsalContext } from './context.ts'
import { noteRehearsal } from './facts.ts'
import { usualPace } from './pace.ts'

/** Restores the backup into a folder of its own. */
export async function restore(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { node, stanza, repository, set, target, targetTimeline: timeline } = context.operation.plan
  // Committed before anything is sent: from here on the node is cleared up, whatever happens.
  await context.remember({ rehearsal: { ...context.facts.rehearsal, isBegun: true } })
  const end = await runJob(
    context,
    {
      node,
      verb: 'rehearsal-restore',
      args: { name: context.operation.id, stanza, repository, set, target: wireTarget(target), timeline },
      tell: restoreLine,
      isCancellable: true,
    },
    pace,
  )
  if (end.kind !== 'succeeded') return end
  const { size, files } = restoreResult.parse(end.job.result)
  noteRehearsal(context, { restoredBytes: size === null ? null : bytesIn(size) })
  const what = [size, files === null ? null : `${files} files`].filter((part) => part !== null).join(' in ')
  return { kind: 'done', detail: `${what === '' ? 'The backup' : what} restored on ${node}.` }
}

/** Starts a Postgres on it, which recovers to the target. */
export async function recover(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { node, targetWords } = context.operation.plan
  const args = { name: context.operation.id, port }
  const end = await runJob(context, { node, verb: 'rehearsal-start', args, isCancellable: true }, pace)
  if (end.kind !== 'succeeded') return end
  const { lastCompletedAt } = recoveryStatus.parse(end.job.result)
  const last = lastCompletedAt === null ? '' : ` The last transaction in the data committed at ${lastCompletedAt}.`
  return { kind: 'done', detail: `Recovery to ${targetWords} has ended.${last}` }
}

/** It has a socket in a folder of its own and listens on no address: no other Postgres is in its way. */
const port = 5_432

/** Each twentieth of the way, and what is not about a single file. */
function restoreLine(line: string): string | null {
  const percent = restoreProgress([line])
  if (percent !== null) return `${Math.floor(percent)} % restored`
  return /restore backup set|restore size|WARN|ERROR/.test(line) ? line.replace(/^\d{4}-\S+ \S+ P\d+\s+/, '') : null
}
