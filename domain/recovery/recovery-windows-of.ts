import type { Backup } from '#domain/backup/backup.ts'
import { earliestEnd, gapEnd, newestEnd, successorEnd } from './recovery-ends.ts'
import type { RecoveryEvidence, RecoveryWindow } from './recovery-window.ts'
import { servingBackups } from '#domain/backup/serving-backups.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { firstOwnSegment, historyOf, pathOf } from '#domain/wal/timeline-path.ts'
import type { WalRun } from '#domain/wal/wal-runs.ts'
import { segmentNumberAt } from '#domain/wal/wal-segment.ts'
import { runsAlong, shelve, type WalShelf } from '#domain/wal/wal-shelf.ts'

/**
 * Every window of one repository, by timeline and time. Recovery needs a whole backup, unbroken WAL from its first segment on,
 * and a moment later than the second the backup ended in (pgBackRest restore.c restoreBackupSet).
 */
export function recoveryWindows(evidence: RecoveryEvidence): RecoveryWindow[] {
  const shelf = shelve(evidence.archived, evidence.walSegmentSizeBytes)
  const timelines = [...shelf.keys()].toSorted((a, b) => a - b)
  return timelines.flatMap((timeline) => windowsOn(timeline, evidence, shelf))
}

function windowsOn(timeline: number, evidence: RecoveryEvidence, shelf: WalShelf): RecoveryWindow[] {
  const own = ownWindows(timeline, evidence, shelf)
  const followed = followedWindows(timeline, evidence, shelf)
  const kept = own.filter((window) => !followed.some((other) => covers(other, window)))
  return [...kept, ...followed].toSorted((a, b) => a.earliest.at.getTime() - b.earliest.at.getTime())
}

function covers(outer: RecoveryWindow, inner: RecoveryWindow): boolean {
  return inner.kind === 'span' && outer.earliest.at <= inner.earliest.at && outer.latest.at >= inner.latest.at
}

/** What can be landed on with the timeline's own archived segments. */
function ownWindows(timeline: number, evidence: RecoveryEvidence, shelf: WalShelf): RecoveryWindow[] {
  const { walSegmentSizeBytes, archived } = evidence
  const history = historyOf(evidence.histories, timeline)
  const path = pathOf(history, walSegmentSizeBytes)
  const held = shelf.get(timeline) ?? new Map<number, Date>()
  const runs = runsAlong(path, shelf).filter(({ last }) => last >= firstOwnSegment(path))
  return runs.flatMap((run, index) => {
    const backups = servingBackups(evidence, path, run)
    const latestAt = held.get(run.last)
    const [oldest] = backups
    if (oldest === undefined || latestAt === undefined) return []
    const earliest = earliestEnd(oldest, history, heldFrom(held, firstOwnSegment(path)))
    const base = {
      repository: archived.repository,
      timeline,
      targetTimeline: timeline,
      ...lsnsOf(run, oldest, evidence, history),
      ...(index < runs.length - 1 ? { isCut: true as const } : {}),
    }
    const latest = base.isCut
      ? gapEnd(latestAt, timeline, run, walSegmentSizeBytes)
      : newestEnd(latestAt, timeline, run, walSegmentSizeBytes)
    if (isPastOwnWal(oldest, run, walSegmentSizeBytes) && earliest.at <= latest.at) {
      const before = held.get(run.last - 1)
      const surelyUntil = before !== undefined && before > earliest.at ? before : earliest.at
      return [{ ...base, kind: 'span' as const, earliest, latest, surelyUntil, backups }]
    }
    return backups.filter((backup) => backup.timeline === timeline).map((backup) => pointAt(base, backup))
  })
}

/** What can be landed on by following the timeline that went on from this one: also what only that one's first segment holds. */
function followedWindows(timeline: number, evidence: RecoveryEvidence, shelf: WalShelf): RecoveryWindow[] {
  const { walSegmentSizeBytes, archived } = evidence
  const history = historyOf(evidence.histories, timeline)
  return evidence.histories.flatMap((next) => {
    const parent = next.ancestors.at(-1)
    if (parent?.timeline !== timeline || parent.isAbandoned || parent.leftAt === null) return []
    const path = pathOf(next, walSegmentSizeBytes)
    const { leftAt, endLsn } = parent
    const run = runsAlong(path, shelf).find(
      ({ first, last }) => first < firstOwnSegment(path) && last >= firstOwnSegment(path),
    )
    if (run === undefined) return []
    const backups = servingBackups(evidence, path, run).filter(({ timeline: of }) => of !== next.timeline)
    const [oldest] = backups
    if (oldest === undefined) return []
    const earliest = earliestEnd(
      oldest,
      history,
      heldFrom(shelf.get(timeline) ?? new Map(), firstOwnSegment(pathOf(history, walSegmentSizeBytes))),
    )
    if (earliest.at > leftAt) return []
    return [
      {
        repository: archived.repository,
        timeline,
        targetTimeline: next.timeline,
        kind: 'span' as const,
        earliest,
        latest: successorEnd(leftAt, next.timeline),
        surelyUntil: leftAt,
        ...lsnsOf(run, oldest, evidence, history),
        toLsn: endLsn,
        backups,
      },
    ]
  })
}

function pointAt(
  base: Pick<RecoveryWindow, 'repository' | 'timeline' | 'targetTimeline' | 'fromLsn' | 'toLsn' | 'isCut'>,
  backup: Backup,
): RecoveryWindow {
  const end = { at: backup.stoppedAt, why: 'its end: no more WAL than its own is archived' }
  return { ...base, kind: 'point', earliest: end, latest: end, surelyUntil: backup.stoppedAt, backups: [backup] }
}

function lsnsOf(
  run: WalRun,
  oldest: Backup,
  { walSegmentSizeBytes }: RecoveryEvidence,
  history: TimelineHistory,
): { fromLsn: number; toLsn: number } {
  const began = history.ancestors.at(-1)?.endLsn ?? 0
  const toLsn = (run.last + 1) * walSegmentSizeBytes
  return { fromLsn: Math.min(toLsn, Math.max(oldest.lsnStop ?? 0, began)), toLsn }
}

/** A backup whose last segment is the run's last has nothing to replay past its own end. */
function isPastOwnWal({ lsnStop }: Backup, run: WalRun, walSegmentSizeBytes: number): boolean {
  return lsnStop !== null && run.last > segmentNumberAt(Math.max(0, lsnStop - 1), walSegmentSizeBytes)
}

/** When the first segment of a timeline was archived that is on its own path; null = none is. */
function heldFrom(held: ReadonlyMap<number, Date>, first: number): Date | null {
  const [number] = [...held.keys()].filter((each) => each >= first).toSorted((a, b) => a - b)
  return number === undefined ? null : (held.get(number) ?? null)
}
