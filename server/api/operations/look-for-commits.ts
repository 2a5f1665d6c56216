import { fromJson } from '#domain/json.ts'
import type { CommitsFound, CommitsLook, CommitsProgress, CommitsQuestion } from '#domain/wal/wal-commits.ts'
import { AppError } from '#server/errors.ts'
import { askInTime, askToStop } from '#server/store/inquiries.ts'
import { needCluster } from '../clusters/need.ts'
import type { QueryContext } from '../trpc.ts'

/** Longer than a worker and its agent may take; what was found is told until then as well. */
const lastsMs = 900_000

/**
 * Begins to read the archived WAL between two moments, or tells how that look stands; or has it stopped, where that is the wish. Throws AppError `invalid` for moments in the wrong order,
 * `refused` with what kept the worker from reading.
 */
export async function lookForCommits(
  { caller, services: { store } }: QueryContext,
  asked: { cluster: string; fromAt: Date; toAt: Date; repository: number | null; wish: 'read' | 'stop' },
): Promise<CommitsLook> {
  const { fromAt, toAt, repository } = asked
  const cluster = await needCluster(store, asked.cluster)
  const fault = faultOf(fromAt, toAt)
  if (fault !== null) throw new AppError('invalid', fault, { fields: [{ field: 'toAt', sentence: fault }] })
  const input: CommitsQuestion = { clusterId: cluster.id, fromAt, toAt, repository }
  const question = { kind: 'wal-commits', input, askedBy: caller.name } as const
  if (asked.wish === 'stop') {
    await askToStop(store, question)
    return { state: 'stopped' }
  }
  const standing = await askInTime(store, question, lastsMs)
  switch (standing.state) {
    case 'asked':
      return { state: 'reading', since: standing.since, progress: fromJson<CommitsProgress | null>(standing.progress) }
    case 'answered':
      return { state: 'done', found: fromJson<CommitsFound>(standing.answer) }
    case 'refused':
      throw new AppError('refused', standing.problem)
  }
}

const longestMs = 31 * 86_400_000

function faultOf(fromAt: Date, toAt: Date): string | null {
  const spanMs = toAt.getTime() - fromAt.getTime()
  if (spanMs < 0) return 'The second moment lies before the first.'
  return spanMs > longestMs ? 'The moments may lie at most 31 days apart.' : null
}
