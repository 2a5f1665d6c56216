import type { z } from 'zod'
import { markedWal, programOutput } from '#agent/protocol/results.ts'
import { parseLsn } from '#domain/lsn.ts'
import { timelineOfWalName } from '#domain/wal-segment.ts'
import { runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { askNode } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { untilFound } from './until.ts'

/**
 * Sees what the leader writes now arrive in the archive, while clients still work: where archiving is broken, or far behind, that is found before
 * anything is touched.
 */
export async function archiveWorks(context: RestoreContext): Promise<StepOutcome> {
  const { leader, repository } = context.operation.plan
  const marked = await mark(context, leader)
  if ('kind' in marked) return marked
  const seen = await untilArchived(context, marked.wal, archivesWithinMs)
  if ('kind' in seen) return seen
  return { kind: 'done', detail: `WAL segment ${marked.wal}, just written, is in repository ${repository}.` }
}

/** Has the leader archive all that it has written: what is not archived can be recovered by nobody, the way forward and back. */
export async function archive(context: RestoreContext): Promise<StepOutcome> {
  const { leader, repository } = context.operation.plan
  const marked = await mark(context, leader)
  if ('kind' in marked) return marked
  const seen = await untilArchived(context, marked.wal)
  if ('kind' in seen) return seen
  const { wal, lsn, at } = marked
  const timeline = timelineOfWalName(wal)
  if (timeline !== null) noteRestore(context, { archivedTo: { timeline, lsn: parseLsn(lsn), at: new Date(at) } })
  return { kind: 'done', detail: `Everything up to WAL segment ${marked.wal} is in repository ${repository}.` }
}

/** Sees the new timeline arrive in the archive: until then the cluster could not be recovered from what it writes. */
export async function archiveProof(context: RestoreContext): Promise<StepOutcome> {
  const { node, repository } = context.operation.plan
  const marked = await mark(context, node)
  if ('kind' in marked) return marked
  const seen = await untilArchived(context, marked.wal)
  if ('kind' in seen) return seen
  noteRestore(context, { archivedWal: marked.wal })
  return { kind: 'done', detail: `WAL segment ${marked.wal} of the new timeline is in repository ${repository}.` }
}

/** An archive further behind than this would keep clients out for as long. */
const archivesWithinMs = 120_000
/** With clients out and the archive known to work, patience costs less than going back. */
const usualPatienceMs = 600_000

async function mark(
  context: RestoreContext,
  node: string,
): Promise<z.output<typeof markedWal> | Exclude<StepOutcome, { kind: 'done' }>> {
  const end = await runJob(context, { node, verb: 'postgres-mark-wal', args: {} })
  if (end.kind !== 'succeeded') return end
  const marked = markedWal.safeParse(end.job.result)
  if (marked.success) return marked.data
  return { kind: 'failed', detail: `The agent on ${node} did not say which WAL segment it marked.` }
}

async function untilArchived(context: RestoreContext, wal: string, withinMs = usualPatienceMs) {
  const { node, stanza, repository } = context.operation.plan
  const archiveId = context.facts.restoreBefore?.archiveId ?? ''
  const args = { stanza, repository, archiveId, folder: wal.slice(0, 16) }
  // Its name goes on with a checksum, and a kind of compression.
  const form = new RegExp(`"${wal}-[0-9a-f]{40}`)
  return untilFound(
    context,
    { what: `WAL segment ${wal} is in repository ${repository}`, withinMs, everyMs: 150 },
    async () => {
      const { exitCode, stdout, stderr } = await askNode(
        context,
        { node, verb: 'pgbackrest-repo-ls', args },
        programOutput,
      )
      if (form.test(stdout)) return { found: wal }
      const why =
        exitCode === 0
          ? 'It is not listed there yet: see archive_command and its log on the leader.'
          : stderr.trim().slice(0, 300)
      return { not: why }
    },
  )
}
