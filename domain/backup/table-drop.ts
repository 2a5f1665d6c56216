import type { BackupView } from './backup-view.ts'
import { formatAge, formatDuration } from '#domain/format.ts'
import { judgeBackups, type JudgedBackups } from './judge-backups.ts'
import type { RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import { expectedRestoreMs } from '#domain/recovery/restore-duration.ts'
import type { RecoveryWindow } from '#domain/recovery/recovery-window.ts'
import { recoveryBounds, recoveryBreaks } from '#domain/recovery/recovery-words.ts'
import { windowsToNow } from '#domain/recovery/windows-to-now.ts'
import { count } from '#domain/words.ts'
import type { PastRestore } from '#domain/plan/restore-plan.ts'
import { canArchiveMore } from '#domain/wal/archiver-seen.ts'

/** What is known when it is asked what would be if somebody dropped a table now. */
export interface TableDropCase {
  /** Null = the cluster's backups were never read. */
  backups: BackupView | null
  /** Rehearsals that have ended, in any order. */
  rehearsals: readonly RehearsalSeen[]
  /** Restores of before, rehearsed or real: what they fetched and replayed, and how long that took. */
  past: readonly PastRestore[]
  now: Date
}

/** What would be if somebody dropped a table now. */
export interface TableDrop {
  /**
   * `proven`: it can be brought back, as a rehearsal showed not long ago. `likely`: it should. `doubtful`: it should, but the last rehearsal failed. `no`:
   * it cannot. `unseen`: nobody can tell.
   */
  level: 'proven' | 'likely' | 'doubtful' | 'no' | 'unseen'
  /** Whether it comes back and from how far, how long that takes, and what others would lose. */
  sentences: string[]
}

/** Whether a dropped table comes back, from how far back, how long that would take, and what it would cost everybody else. */
export function tableDrop(given: TableDropCase): TableDrop {
  const { backups, rehearsals, now } = given
  if (backups === null) {
    return { level: 'unseen', sentences: ['Whether it comes back is not known: the backups were never read.'] }
  }
  const judged = judgeBackups(backups, now)
  const windows = windowsBy(backups, judged, now)
  const bounds = recoveryBounds(windows, judged.line)
  if (bounds === null) {
    const isListed = backups.archive !== null || backups.stanza === null
    return {
      level: isListed ? 'no' : 'unseen',
      sentences: [`It would not come back, as far as is known. ${judged.sentence}`],
    }
  }
  const newest = newestOf(rehearsals)
  return {
    level: levelOf(newest, now),
    sentences: [
      reachSentence(backups, { windows, line: judged.line }, bounds, now),
      takesSentence(given, judged),
      waysSentence,
    ],
  }
}

type Bounds = NonNullable<JudgedBackups['bounds']>

/** As long as a rehearsal is not overdue. */
const provenForMs = 35 * 86_400_000

function levelOf(newest: RehearsalSeen | undefined, now: Date): TableDrop['level'] {
  if (newest === undefined) return 'likely'
  if (!newest.isGood) return 'doubtful'
  return now.getTime() - newest.endedAt.getTime() <= provenForMs ? 'proven' : 'likely'
}

const waysSentence =
  'Taken out of a copy restored beside the cluster, only that table comes back and nobody loses anything; recovered in place, everybody loses what was written since.'

function reachSentence(
  backups: BackupView,
  { windows, line }: Pick<JudgedBackups, 'windows' | 'line'>,
  bounds: Bounds,
  now: Date,
): string {
  const breaks = recoveryBreaks(windows, line)
  const but = breaks === 0 ? '' : `, but for ${count(breaks, 'stretch', 'stretches')} in between`
  const earliest = formatAge(bounds.earliestAt, now)
  return canArchiveMore(backups.archiver, now)
    ? `A table dropped within the last ${earliest} comes back as it was just before${but}.`
    : `A table dropped between ${earliest} and ${formatAge(bounds.latestAt, now)} ago comes back as it was just before${but}; whether what came later reaches the archive is not known.`
}

/** As a plan of a recovery has them: even a backup after which nothing is archived yet reaches to now while the leader archives. */
function windowsBy(backups: BackupView, { windows }: JudgedBackups, now: Date): RecoveryWindow[] {
  const { timeline, archive, walSegmentSizeBytes } = backups
  if (timeline === null || !canArchiveMore(backups.archiver, now)) return [...windows]
  const history = archive?.histories.find((each) => each.timeline === timeline) ?? null
  return windowsToNow(windows, { timeline, lsn: null, walSegmentSizeBytes }, history, now)
}

function takesSentence({ past, rehearsals, now }: TableDropCase, { windows, line }: JudgedBackups): string {
  const sizes = windows.filter(({ timeline }) => line.includes(timeline)).flatMap(({ backups }) => backups)
  const newestBackup = sizes.toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime()).at(-1)
  const ms = expectedRestoreMs(past, newestBackup?.sizeBytes ?? null)
  const takes =
    ms === null
      ? 'How long that takes is not known, for no recovery was measured'
      : `That takes about ${formatDuration(ms)}, going by ${past.length === 1 ? 'the one recovery' : 'the recoveries'} measured so far`
  return `${takes}; ${rehearsedClause(rehearsals, now)}.`
}

function rehearsedClause(rehearsals: readonly RehearsalSeen[], now: Date): string {
  const newest = newestOf(rehearsals)
  if (newest === undefined) return 'none was ever rehearsed'
  if (newest.isGood) return `the last rehearsal went well ${formatAge(newest.endedAt, now)} ago`
  const good = newestOf(rehearsals.filter(({ isGood }) => isGood))
  const before =
    good === undefined ? 'none ever went well' : `the last to go well was ${formatAge(good.endedAt, now)} ago`
  return `the last rehearsal, ${formatAge(newest.endedAt, now)} ago, failed, and ${before}`
}

function newestOf(rehearsals: readonly RehearsalSeen[]): RehearsalSeen | undefined {
  return rehearsals.toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime()).at(-1)
}
