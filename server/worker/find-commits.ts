import { formatInstant } from '#domain/format.ts'
import { segmentsBetween, type SegmentsChosen } from '#domain/wal/segments-between.ts'
import type { CommitsFound, CommitsQuestion } from '#domain/wal/wal-commits.ts'
import { readWalCommits } from '#server/adapters/agent/wal-commits.ts'
import { type ArchiveAsker, archiveToRead, jobOfLook, placeInRepository, whoReadsArchive } from './archive-to-read.ts'
import { segmentsSince } from './segments-since.ts'

/** As many as an agent reads at once. */
const mostSegments = 64

/** Has an agent read the archived WAL between two moments for what took something away; `id` names its job. Throws AppError. */
export async function findCommits(asker: ArchiveAsker, id: string, question: CommitsQuestion): Promise<CommitsFound> {
  const { store, key, signal } = asker
  const { clusterId, fromAt, toAt } = question
  const { view, path } = await archiveToRead(store, clusterId)
  const at = placeInRepository(view, question.repository)
  const agent = await whoReadsArchive(store, clusterId, 'wal-commits')
  const asked = { agent, key, signal }
  const { walSegmentSizeBytes } = view
  const segments = await segmentsSince(asked, at, {
    path,
    walSegmentSizeBytes,
    isFarEnough: ({ archivedAt }) => archivedAt < fromAt,
  })
  const chosen = segmentsBetween({ segments, path, walSegmentSizeBytes, fromAt, toAt, most: mostSegments })
  const { names } = chosen
  const problems = lateProblems(chosen, toAt)
  const found = { node: agent.node, repository: at.repository, isCut: chosen.isCut, segments: extentOf(names) }
  if (names.length === 0) return { ...found, commits: [], problems, firstAt: null, lastAt: null }
  const { stanza, repository } = at
  const job = jobOfLook(store, { id, clusterId, total: names.length })
  const read = await readWalCommits(asked, { stanza, repository, segments: names }, job)
  return { ...found, ...read, problems: [...problems, ...read.problems] }
}

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
