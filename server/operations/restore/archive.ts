import { parseLsn } from '#domain/lsn.ts'
import { timelineOfWalName } from '#domain/wal/wal-segment.ts'
import { archiveWal } from '../archive-wal.ts'
import type { StepOutcome } from '../define.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/**
 * Sees what the leader writes now arrive in the archive, while clients still work: where archiving is broken, or far behind, that is found before
 * anything is touched.
 */
export async function archiveWorks(context: RestoreContext): Promise<StepOutcome> {
  const { leader, repository } = context.operation.plan
  const marked = await archiveFrom(context, leader, archivesWithinMs)
  if ('kind' in marked) return marked
  return { kind: 'done', detail: `WAL segment ${marked.wal}, just written, is in repository ${repository}.` }
}

/** Has the leader archive all that it has written: what is not archived can be recovered by nobody, the way forward and back. */
export async function archive(context: RestoreContext): Promise<StepOutcome> {
  const { leader, repository } = context.operation.plan
  const marked = await archiveFrom(context, leader)
  if ('kind' in marked) return marked
  const { wal, lsn, at } = marked
  const timeline = timelineOfWalName(wal)
  if (timeline !== null) noteRestore(context, { archivedTo: { timeline, lsn: parseLsn(lsn), at: new Date(at) } })
  return { kind: 'done', detail: `Everything up to WAL segment ${wal} is in repository ${repository}.` }
}

/** Sees the new timeline arrive in the archive: until then the cluster could not be recovered from what it writes. */
export async function archiveProof(context: RestoreContext): Promise<StepOutcome> {
  const { node, repository } = context.operation.plan
  const marked = await archiveFrom(context, node)
  if ('kind' in marked) return marked
  noteRestore(context, { archivedWal: marked.wal })
  return { kind: 'done', detail: `WAL segment ${marked.wal} of the new timeline is in repository ${repository}.` }
}

/** An archive further behind than this would keep clients out for as long. */
const archivesWithinMs = 120_000
/** With clients out and the archive known to work, patience costs less than going back. */
const usualPatienceMs = 600_000

function archiveFrom(context: RestoreContext, leader: string, withinMs = usualPatienceMs) {
  const { node: seenFrom, stanza, repository } = context.operation.plan
  const archiveId = context.facts.restoreBefore?.archiveId ?? ''
  return archiveWal(context, { leader, seenFrom, stanza, repository, archiveId }, { lookMs: 150, withinMs })
}
