import { currentHistory } from '#domain/recovery/choice-in-view.ts'
import { isRepositoryReadable } from '#domain/backup/backup-repository.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { formatInstant } from '#domain/format.ts'
import { segmentsBetween, type SegmentsChosen } from '#domain/wal/segments-between.ts'
import { pathOf, type TimelinePath } from '#domain/wal/timeline-path.ts'
import type { CommitsFound, CommitsProgress, CommitsQuestion } from '#domain/wal/wal-commits.ts'
import type { CallKey } from '#server/adapters/agent/call.ts'
import type { ArchivePlace } from '#server/adapters/agent/pgbackrest.ts'
import { readWalCommits } from '#server/adapters/agent/wal-commits.ts'
import { AppError } from '#server/errors.ts'
import { agentsToCall, type StoredAgent } from '#server/store/agents.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { tellProgress } from '#server/store/inquiries.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { nextEpoch } from '#server/store/workers.ts'
import { segmentsSince } from './segments-since.ts'

/** As many as an agent reads at once. */
const mostSegments = 64

export interface CommitsAsker {
  store: Store
  key: CallKey
  signal: AbortSignal
}

/** Has an agent read the archived WAL between two moments for what took something away; `id` names its job. Throws AppError. */
export async function findCommits(asker: CommitsAsker, id: string, question: CommitsQuestion): Promise<CommitsFound> {
  const { clusterId, fromAt, toAt } = question
  const { at, path, view } = await whereToRead(asker.store, question)
  const agent = await whomToAsk(asker.store, clusterId)
  const asked = { agent, key: asker.key, signal: asker.signal }
  const walSegmentSizeBytes = view.walSegmentSizeBytes
  const segments = await segmentsSince(asked, at, { path, walSegmentSizeBytes, fromAt })
  const chosen = segmentsBetween({ segments, path, walSegmentSizeBytes, fromAt, toAt, most: mostSegments })
  const { names } = chosen
  const problems = lateProblems(chosen, toAt)
  const found = { node: agent.node, repository: at.repository, isCut: chosen.isCut, segments: extentOf(names) }
  if (names.length === 0) return { ...found, commits: [], problems, firstAt: null, lastAt: null }
  const { stanza, repository } = at
  const read = await readWalCommits(
    asked,
    { stanza, repository, segments: names },
    {
      id,
      nextEpoch: () => inTransaction(asker.store, (tx) => nextEpoch(tx, clusterId)),
      isAwaited: (begun) => tell(asker.store, id, { read: Math.max(0, begun - 1), total: names.length }),
    },
  )
  return { ...found, ...read, problems: [...problems, ...read.problems] }
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

async function whereToRead(
  store: Store,
  { clusterId, repository }: CommitsQuestion,
): Promise<{ at: ArchivePlace; path: TimelinePath; view: BackupView }> {
  const [{ view }, snapshot] = await Promise.all([readBackups(store, clusterId), latestSnapshot(store, clusterId)])
  const history = view && snapshot && currentHistory(snapshot, view)
  if (!view?.stanza || !history) {
    throw new AppError('refused', 'The backups of this cluster have not been seen yet, so its archive cannot be read.')
  }
  const { archives, repositories, name } = view.stanza
  const readable = new Set(repositories.filter(isRepositoryReadable).map(({ key }) => key))
  const archive = archives
    .filter(({ isOfThisCluster, ...each }) => isOfThisCluster && readable.has(each.repository))
    .find((each) => repository === null || each.repository === repository)
  if (archive === undefined) {
    const where = repository === null ? 'No repository' : `Repository ${repository}`
    throw new AppError('refused', `${where} holds an archive of this cluster that can be read.`)
  }
  const at = { stanza: name, repository: archive.repository, archiveId: archive.id }
  return { at, path: pathOf(history, view.walSegmentSizeBytes), view }
}

/** A replica's agent where there is one: reading WAL costs a node something. */
async function whomToAsk(store: Store, clusterId: string): Promise<StoredAgent> {
  const [agents, snapshot] = await Promise.all([agentsToCall(store, clusterId), latestSnapshot(store, clusterId)])
  const leader = snapshot?.leader?.name
  const [agent] = agents
    .filter(({ vetoed }) => !needed.some((verb) => vetoed.includes(verb)))
    .filter(({ problem }) => problem === null)
    .toSorted((a, b) => Number(a.node === leader) - Number(b.node === leader) || (a.node < b.node ? -1 : 1))
  if (agent) return agent
  throw new AppError('refused', 'No agent of this cluster that answers now may read the archive.')
}

const needed = ['wal-commits', 'pgbackrest-repo-ls', 'job-state']

function extentOf(names: readonly string[]): CommitsFound['segments'] {
  return { count: names.length, first: names[0] ?? '', last: names.at(-1) ?? '' }
}

function lateProblems({ lastArchivedAt }: SegmentsChosen, toAt: Date): string[] {
  if (lastArchivedAt === null) return ['Nothing of the current timeline is archived.']
  if (lastArchivedAt >= toAt) return []
  return [
    `The newest archived WAL is from ${formatInstant(lastArchivedAt)}: what was committed after that is not archived yet and was not read.`,
  ]
}
