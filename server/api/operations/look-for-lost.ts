import { fromJson } from '#domain/json.ts'
import { targetFault } from '#domain/recovery/target-fault.ts'
import type { CommitsLost, CommitsLostLook, CommitsLostQuestion } from '#domain/wal/commits-lost.ts'
import type { CommitsProgress } from '#domain/wal/wal-commits.ts'
import { AppError } from '#server/errors.ts'
import { askInTime } from '#server/store/inquiries.ts'
import { needCluster } from '../clusters/need.ts'
import type { QueryContext } from '../trpc.ts'

/** Longer than a worker and its agent may take. */
const lastsMs = 330_000
/** Meanwhile more is committed. */
const holdsMs = 60_000

/**
 * Begins to count the commits after a target, or tells how that count stands: one that was made within the last minute holds. Throws AppError `invalid`
 * for what is no target, `refused` with what kept the worker from counting.
 */
export async function lookForLost(
  { caller, services: { store } }: QueryContext,
  { cluster: name, target, repository }: { cluster: string } & Omit<CommitsLostQuestion, 'clusterId'>,
): Promise<CommitsLostLook> {
  const cluster = await needCluster(store, name)
  const fault = targetFault(target)
  if (fault !== null) throw new AppError('invalid', fault, { fields: [{ field: 'target', sentence: fault }] })
  const input: CommitsLostQuestion = { clusterId: cluster.id, target, repository }
  const standing = await askInTime(store, { kind: 'wal-count', input, askedBy: caller.name }, lastsMs, holdsMs)
  switch (standing.state) {
    case 'asked':
      return { state: 'reading', since: standing.since, progress: fromJson<CommitsProgress | null>(standing.progress) }
    case 'answered':
      return { state: 'done', lost: fromJson<CommitsLost>(standing.answer) }
    case 'refused':
      throw new AppError('refused', standing.problem)
  }
}
