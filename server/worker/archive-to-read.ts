import type { BackupView } from '#domain/backup/backup-view.ts'
import { isRepositoryReadable } from '#domain/backup/backup-repository.ts'
import { currentHistory } from '#domain/recovery/choice-in-view.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { pathOf, type TimelinePath } from '#domain/wal/timeline-path.ts'
import type { CommitsProgress } from '#domain/wal/wal-commits.ts'
import type { CallKey } from '#server/adapters/agent/call.ts'
import type { ArchivePlace } from '#server/adapters/agent/pgbackrest.ts'
import { AppError } from '#server/errors.ts'
import { agentsToCall, type StoredAgent } from '#server/store/agents.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { tellProgress } from '#server/store/inquiries.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { nextEpoch } from '#server/store/workers.ts'

/** Who has archived WAL read. */
export interface ArchiveAsker {
  store: Store
  key: CallKey
  signal: AbortSignal
}

/** What is known of a cluster's archive, and of the line of timelines that is read in it. */
export interface ArchiveToRead {
  snapshot: Snapshot
  view: BackupView
  history: TimelineHistory
  path: TimelinePath
}

/** The backups of a cluster and the line that it is on. Throws AppError `refused` while they have not been seen. */
export async function archiveToRead(store: Store, clusterId: string): Promise<ArchiveToRead> {
  const [{ view }, snapshot] = await Promise.all([readBackups(store, clusterId), latestSnapshot(store, clusterId)])
  const history = view && snapshot && currentHistory(snapshot, view)
  if (!view?.stanza || !history) {
    throw new AppError('refused', 'The backups of this cluster have not been seen yet, so its archive cannot be read.')
  }
  return { snapshot, view, history, path: pathOf(history, view.walSegmentSizeBytes) }
}

/** The cluster's archive in that repository, or in the first that can be read. Throws AppError `refused` where there is none. */
export function placeInRepository({ stanza }: BackupView, repository: number | null): ArchivePlace {
  const { archives = [], repositories = [], name = '' } = stanza ?? {}
  const readable = new Set(repositories.filter(isRepositoryReadable).map(({ key }) => key))
  const archive = archives
    .filter(({ isOfThisCluster, ...each }) => isOfThisCluster && readable.has(each.repository))
    .find((each) => repository === null || each.repository === repository)
  if (archive !== undefined) return { stanza: name, repository: archive.repository, archiveId: archive.id }
  const where = repository === null ? 'No repository' : `Repository ${repository}`
  throw new AppError('refused', `${where} holds an archive of this cluster that can be read.`)
}

/** An agent that may do these verbs: a replica's where there is one, since reading WAL costs a node something. Throws AppError `refused`. */
export async function whoReadsArchive(
  store: Store,
  clusterId: string,
  verb: 'wal-commits' | 'wal-count',
): Promise<StoredAgent> {
  const needed = [verb, 'pgbackrest-repo-ls', 'job-state']
  const [agents, snapshot] = await Promise.all([agentsToCall(store, clusterId), latestSnapshot(store, clusterId)])
  const leader = snapshot?.leader?.name
  const [agent] = agents
    .filter(({ vetoed }) => !needed.some((each) => vetoed.includes(each)))
    .filter(({ problem }) => problem === null)
    .toSorted((a, b) => Number(a.node === leader) - Number(b.node === leader) || (a.node < b.node ? -1 : 1))
  if (agent) return agent
  throw new AppError('refused', 'No agent of this cluster that answers now may read the archive.')
}

/** The job of such a look: `id` names it, and whoever asked hears how many of its segments are read. */
export function jobOfLook(store: Store, { id, clusterId, total }: { id: string; clusterId: string; total: number }) {
  return {
    id,
    nextEpoch: () => inTransaction(store, (tx) => nextEpoch(tx, clusterId)),
    isAwaited: (begun: number) => tell(store, id, { read: Math.min(total, Math.max(0, begun - 1)), total }),
  }
}

/** Tells how far it is; false = nobody waits for it any more. While the store is away nobody can say so. */
async function tell(store: Store, id: string, progress: CommitsProgress): Promise<boolean> {
  try {
    return await tellProgress(store, id, progress)
  } catch (error) {
    if (error instanceof AppError && error.code === 'store-unreachable') return true
    throw error
  }
}
