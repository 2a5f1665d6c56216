import { setTimeout as sleep } from 'node:timers/promises'
import { formatLsn } from '#domain/format.ts'
import { parseLsn } from '#domain/lsn.ts'
import { choiceInView } from '#domain/recovery/choice-in-view.ts'
import { type CommitsLost, type CommitsLostQuestion, mostSegmentsCounted } from '#domain/wal/commits-lost.ts'
import { type GivenUp, givenUpOf } from '#domain/wal/given-up.ts'
import { leftAt } from '#domain/wal/left-at.ts'
import { type SegmentsGivenUp, segmentsGivenUp } from '#domain/wal/segments-given-up.ts'
import { segmentNumber, segmentNumberAt, parseWalSegment } from '#domain/wal/wal-segment.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { countWalCommits, type WalCounted } from '#server/adapters/agent/wal-count.ts'
import { AppError } from '#server/errors.ts'
import { wireStop } from '#server/operations/restore/wire-target.ts'
import {
  type ArchiveAsker,
  type ArchiveToRead,
  archiveToRead,
  jobOfLook,
  placeInRepository,
  whoReadsArchive,
} from './archive-to-read.ts'
import { segmentsSince } from './segments-since.ts'

/** Has an agent count what was committed after a target on the line that a recovery to it gives up; `id` names its job. Throws AppError. */
export async function countLost(asker: ArchiveAsker, id: string, question: CommitsLostQuestion): Promise<CommitsLost> {
  const { store, key, signal } = asker
  const { clusterId } = question
  const known = await archiveToRead(store, clusterId)
  const { view, path } = known
  const { repository, ...from } = whatIsGivenUp(known, question)
  const at = placeInRepository(view, repository)
  const agent = await whoReadsArchive(store, clusterId, 'wal-count')
  const asked = { agent, key, signal }
  const { walSegmentSizeBytes } = view
  const segments = await segmentsSince(asked, at, {
    path,
    walSegmentSizeBytes,
    isFarEnough: (segment) => isBefore(segment, from, walSegmentSizeBytes),
  })
  const chosen = segmentsGivenUp({ segments, path, walSegmentSizeBytes, from, most: mostSegmentsCounted })
  const { names, following } = chosen
  if (following === null) throw new AppError('refused', 'Nothing of the current timeline is archived.')
  const args = {
    stanza: at.stanza,
    repository: at.repository,
    segments: names,
    following,
    most: mostSegmentsCounted,
    target: wireStop(from.target),
    leftLsn: from.leftLsn === null ? null : formatLsn(from.leftLsn),
  }
  const job = jobOfLook(store, { id, clusterId, total: names.length })
  const counted = await onceFree(() => countWalCommits(asked, args, job), signal)
  const problems = whatIsNotCounted(known, chosen, counted)
  const { commits, lastAt } = counted
  return {
    commits,
    isAtLeast: problems.length > 0,
    lastAt,
    problems,
    segments: counted.segments,
    countedAt: new Date(),
    node: agent.node,
    repository: at.repository,
  }
}

/** A node reads the archive for one who asks at a time: the others wait, and whoever goes from target to target is soon one of them. */
async function onceFree<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read()
    } catch (error) {
      const isBusy = error instanceof AgentRefusal && error.refusal === 'conflict'
      if (!isBusy || tries >= mostTries) throw error
      await sleep(2_000, undefined, { signal })
    }
  }
}

const mostTries = 30

/** By the same choice of a backup that the plan makes. */
function whatIsGivenUp({ snapshot, view, history }: ArchiveToRead, question: CommitsLostQuestion) {
  const { target, repository } = question
  const choice = choiceInView({ snapshot, backups: view, target, repository, archivesFirst: true, now: new Date() })
  if (choice.kind === 'refused') throw new AppError('refused', choice.sentence)
  const { targetTimeline, backup } = choice
  const left = leftAt(history, view.archive?.histories ?? [], targetTimeline)
  if (left === null) {
    const sentence = `How timeline ${targetTimeline} was reached is not known, so nobody can tell where it left the current one.`
    throw new AppError('refused', sentence)
  }
  const given = givenUpOf(target, choice, left.lsn)
  if (typeof given === 'string') throw new AppError('refused', given)
  return { ...given, repository: backup.repository }
}

function isBefore(
  { name, archivedAt }: { name: string; archivedAt: Date },
  { fromAt, fromLsn }: Pick<GivenUp, 'fromAt' | 'fromLsn'>,
  walSegmentSizeBytes: number,
): boolean {
  const parsed = parseWalSegment(name, walSegmentSizeBytes)
  const isOlder = fromAt === null || archivedAt < fromAt
  const isLower =
    fromLsn === null ||
    (parsed !== null && segmentNumber(parsed, walSegmentSizeBytes) <= segmentNumberAt(fromLsn, walSegmentSizeBytes))
  return isOlder && isLower
}

function whatIsNotCounted(
  { snapshot }: ArchiveToRead,
  { firstMissing, isFromStart }: SegmentsGivenUp,
  { commits, segments, isCut, isDoubtful, readTo, problems }: WalCounted,
): string[] {
  const said = [...problems]
  if (firstMissing !== null)
    said.push(`${firstMissing} is not in the archive: what was committed there is not counted.`)
  if (isDoubtful && !isFromStart) {
    said.push('The first segment that was read holds nothing that is kept: more may lie in the one before it.')
  }
  if (commits === null) said.push(`The target was not met in ${segments} WAL segments.`)
  else if (isCut) said.push(`Counting stopped after ${segments} WAL segments.`)
  const leader = snapshot.members.find(({ name }) => name === snapshot.leader?.name)
  const end = readTo === null ? null : parseLsn(readTo)
  if (isCut || problems.length > 0) return said
  if (leader?.lsn == null) said.push('Nobody leads, so it is not known whether all that was written was read.')
  else if (end === null || end < leader.lsn) {
    said.push(
      `WAL up to ${readTo ?? 'nowhere'} was read; what was written after that, up to ${formatLsn(leader.lsn)}, is not archived yet and not counted.`,
    )
  }
  return said
}
