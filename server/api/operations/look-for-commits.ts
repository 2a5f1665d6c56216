import { fromJson } from '#domain/json.ts'
import type { CommitsFound, CommitsLook, CommitsProgress, CommitsQuestion } from '#domain/wal/wal-commits.ts'
import { AppError } from '#server/errors.ts'
import { askInTime, askToStop } from '#server/store/inquiries.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext, QueryContext } from '../trpc.ts'

/** Longer than a worker and its agent may take; what was found is told until then as well. */
const lastsMs = 900_000

interface LookAsked {
  cluster: string
  fromAt: Date
  toAt: Date
  repository: number | null
}

/**
 * Begins to read the archived WAL between two moments, or tells how that look stands. Throws AppError `invalid` for moments in the wrong order,
 * `refused` with what kept the worker from reading.
 */
export async function lookForCommits(
  { caller, services: { store } }: QueryContext,
  { cluster: name, fromAt, toAt, repository }: LookAsked,
): Promise<CommitsLook> {
  const cluster = await needCluster(store, name)
  const fault = faultOf(fromAt, toAt)
  if (fault !== null) throw new AppError('invalid', fault, { fields: [{ field: 'toAt', sentence: fault }] })
  const input: CommitsQuestion = { clusterId: cluster.id, fromAt, toAt, repository }
  const standing = await askInTime(store, { kind: 'wal-commits', input, askedBy: caller.name }, lastsMs)
  switch (standing.state) {
    case 'asked':
      return { state: 'reading', since: standing.since, progress: fromJson<CommitsProgress | null>(standing.progress) }
    case 'answered':
      return { state: 'done', found: fromJson<CommitsFound>(standing.answer) }
    case 'refused':
      throw new AppError('refused', standing.problem)
  }
}

/** Has such a look ended before it is through, whoever began it. */
export async function stopLookForCommits(
  { act, caller, services: { store } }: CommandContext,
  { cluster: name, fromAt, toAt, repository }: LookAsked,
): Promise<{ cluster: string }> {
  const cluster = await needCluster(store, name)
  const input: CommitsQuestion = { clusterId: cluster.id, fromAt, toAt, repository }
  act.on({ target: cluster.name, cluster, reason: null, detail: { fromAt, toAt, repository } })
  await act.commit((tx) => askToStop(tx, { kind: 'wal-commits', input, askedBy: caller.name }))
  return { cluster: cluster.name }
}

const longestMs = 31 * 86_400_000

function faultOf(fromAt: Date, toAt: Date): string | null {
  const spanMs = toAt.getTime() - fromAt.getTime()
  if (spanMs < 0) return 'The second moment lies before the first.'
  return spanMs > longestMs ? 'The moments may lie at most 31 days apart.' : null
}
