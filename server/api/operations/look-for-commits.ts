import { fromJson } from '#domain/json.ts'
import type { CommitsFound, CommitsLook, CommitsQuestion } from '#domain/wal-commits.ts'
import { AppError } from '#server/errors.ts'
import { askInTime } from '#server/store/inquiries.ts'
import { needCluster } from '../clusters/need.ts'
import type { QueryContext } from '../trpc.ts'

/** Longer than a worker and its agent may take; what was found is told until then as well. */
const lastsMs = 900_000

/**
 * Begins to read the archived WAL between two moments, or tells how that look stands. Throws AppError `invalid` for moments in the wrong order,
 * `refused` with what kept the worker from reading.
 */
export async function lookForCommits(
  { caller, services: { store } }: QueryContext,
  asked: { cluster: string; fromAt: Date; toAt: Date; repository: number | null },
): Promise<CommitsLook> {
  const { fromAt, toAt, repository } = asked
  const cluster = await needCluster(store, asked.cluster)
  const fault = faultOf(fromAt, toAt)
  if (fault !== null) throw new AppError('invalid', fault, { fields: [{ field: 'toAt', sentence: fault }] })
  const input: CommitsQuestion = { clusterId: cluster.id, fromAt, toAt, repository }
  const standing = await askInTime(store, { kind: 'wal-commits', input, askedBy: caller.name }, lastsMs)
  switch (standing.state) {
    case 'asked':
      return { state: 'reading', since: standing.since }
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
