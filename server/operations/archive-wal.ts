import type { z } from 'zod'
import { markedWal, programOutput } from '#agent/protocol/results.ts'
import { type JobPace, runJob } from './agent-job.ts'
import type { StepContext, StepOutcome } from './define.ts'
import { askNode } from './restore/ask-node.ts'
import { untilFound } from './restore/until.ts'

/** Whose WAL is to be archived, and where that is looked for. */
export interface WalToArchive {
  /** Takes writes. */
  leader: string
  /** By whose pgBackRest it is looked for. */
  seenFrom: string
  stanza: string
  repository: number
  /** The archive's folder of this cluster, e.g. `15-1`. */
  archiveId: string
}

type MarkedWal = z.output<typeof markedWal>
type NotDone = Exclude<StepOutcome, { kind: 'done' }>

/**
 * Has a leader commit a mark and begin a new WAL segment, and waits until all before is in the repository, for `withinMs` at most;
 * the step's outcome where it does not come to that.
 */
export async function archiveWal(
  context: StepContext,
  wal: WalToArchive,
  pace: { job?: JobPace; lookMs: number; withinMs: number },
): Promise<MarkedWal | NotDone> {
  const marked = await mark(context, wal.leader, pace.job)
  if ('kind' in marked) return marked
  const seen = await untilArchived(context, wal, { name: marked.wal, ...pace })
  return 'kind' in seen ? seen : marked
}

async function mark(context: StepContext, node: string, pace?: JobPace): Promise<MarkedWal | NotDone> {
  const end = await runJob(context, { node, verb: 'postgres-mark-wal', args: {} }, pace)
  if (end.kind !== 'succeeded') return end
  const marked = markedWal.safeParse(end.job.result)
  if (marked.success) return marked.data
  return { kind: 'failed', detail: `The agent on ${node} did not say which WAL segment it marked.` }
}

async function untilArchived(
  context: StepContext,
  { seenFrom, stanza, repository, archiveId }: WalToArchive,
  { name, lookMs, withinMs }: { name: string; lookMs: number; withinMs: number },
) {
  const args = { stanza, repository, archiveId, folder: name.slice(0, 16) }
  // Its name goes on with a checksum, and a kind of compression.
  const form = new RegExp(`"${name}-[0-9a-f]{40}`)
  return untilFound(
    context,
    { what: `WAL segment ${name} is in repository ${repository}`, withinMs, everyMs: lookMs },
    async () => {
      const asked = { node: seenFrom, verb: 'pgbackrest-repo-ls', args } as const
      const { exitCode, stdout, stderr } = await askNode(context, asked, programOutput)
      if (form.test(stdout)) return { found: name }
      const why =
        exitCode === 0
          ? 'It is not listed there yet: see archive_command and its log on the leader.'
          : stderr.trim().slice(0, 300)
      return { not: why }
    },
  )
}
