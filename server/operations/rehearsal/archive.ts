import { programOutput } from '#agent/protocol/results.ts'
import type { JobPace } from '../agent-job.ts'
import { archiveWal } from '../archive-wal.ts'
import { archiveIdIn } from '../backup/pgbackrest-words.ts'
import type { StepOutcome } from '../define.ts'
import { askNow } from './ask.ts'
import type { RehearsalContext } from './context.ts'
import { usualPace } from './pace.ts'

/** Has the leader archive what it has not yet, with a commit after the target: only what is archived can be rehearsed. */
export async function archive(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { leader, node, stanza, repository } = context.operation.plan
  const leads = (await context.cluster.snapshot())?.leader?.name ?? leader
  if (leads !== leader) {
    const detail = `${leads} leads by now, and not ${leader}, which was to archive what it had written. Ask again.`
    return { kind: 'refused', detail }
  }
  const info = await askNow(context, { node, verb: 'pgbackrest-info', args: { stanza }, answer: programOutput }, pace)
  const archiveId = archiveIdIn(info, stanza, repository)
  if (archiveId === null) {
    return {
      kind: 'refused',
      detail: `Repository ${repository} holds no archive of this cluster by pgBackRest on ${node}.`,
    }
  }
  const wal = { leader, seenFrom: node, stanza, repository, archiveId }
  const marked = await archiveWal(context, wal, { job: pace, lookMs: pace.pollMs, withinMs: 600_000 })
  if ('kind' in marked) return marked
  return {
    kind: 'done',
    detail: `Everything up to WAL segment ${marked.wal} of ${leader} is in repository ${repository}.`,
  }
}
