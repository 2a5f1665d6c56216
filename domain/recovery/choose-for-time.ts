import type { BackupChoice, ChoiceCase, RecoveryTarget } from './backup-choice.ts'
import type { Backup } from '#domain/backup/backup.ts'
import { chosen, refused } from './choice-words.ts'
import { formatInstant } from '#domain/format.ts'
import { isMomentLeftBehind } from './left-behind.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import { lineOf } from '#domain/snapshot/timeline-history.ts'
import { preferred } from './window-order.ts'

/** The newest backup that ended in a second before the target's, in a window that holds the target; refuses what would fail only in Postgres. */
export function chooseForTime(given: ChoiceCase, target: Extract<RecoveryTarget, { type: 'time' }>): BackupChoice {
  const { at, timeline } = target
  const { windows, history, lastCommitAt, now } = given
  const line = history === null ? [] : lineOf(history)
  const asked = windows.filter((window) => timeline === null || window.timeline === timeline)
  if (at > now) return refused(`${formatInstant(at)} is yet to come.`, nearestTo(now, asked), true)
  const [window] = preferred(asked.filter(holds(at)), line)
  const backup = window === undefined ? undefined : newestBefore(window.backups, at)
  if (window === undefined || backup === undefined) return outside(at, asked, timeline, line)
  const isSureToEnd = window.timeline === given.stillArchives?.timeline
  if (!isSureToEnd && lastCommitAt !== null && at >= lastCommitAt && window.timeline === history?.timeline)
    return afterLastCommit(lastCommitAt, window)
  const why = `Newest backup that ended before ${formatInstant(at)}; ${whereItLies(window)}.`
  return chosen({
    window,
    backup,
    why,
    isLeftBehind: isMomentLeftBehind(history, window.timeline, at),
    warnings: lateWarning(window, at),
  })
}

/** Whole seconds are compared, strictly, as pgBackRest does (restore.c restoreBackupSet: `stop < target`, the fraction cut off). */
function newestBefore(backups: readonly Backup[], at: Date): Backup | undefined {
  const targetSecond = Math.floor(at.getTime() / 1000)
  return backups.findLast(({ stoppedAt }) => Math.floor(stoppedAt.getTime() / 1000) < targetSecond)
}

function holds(at: Date): (window: RecoveryWindow) => boolean {
  return ({ kind, earliest, latest }) => kind === 'span' && earliest.at <= at && at <= latest.at
}

function whereItLies({ timeline, targetTimeline }: RecoveryWindow): string {
  return timeline === targetTimeline
    ? `that moment lies on timeline ${timeline}`
    : `that moment lies on timeline ${timeline}, which timeline ${targetTimeline} went on from`
}

/** Postgres knows that it has passed a moment only by a later commit, and ends with FATAL where the WAL holds none (13 and later). */
function lateWarning({ surelyUntil }: RecoveryWindow, at: Date): string[] {
  if (at <= surelyUntil) return []
  return [lastSegmentWarning]
}

/** Said of a moment after which perhaps no commit is archived. */
export const lastSegmentWarning =
  'The moment lies in the last archived segment: if no transaction committed after it, Postgres ends the recovery as failed. Recovering to the end of the archive does not.'

function afterLastCommit(lastCommitAt: Date, { earliest }: RecoveryWindow): BackupChoice {
  const before = new Date(lastCommitAt.getTime() - 1)
  return refused(
    `Nothing has committed since ${formatInstant(lastCommitAt)}, so Postgres would look in vain for the end of the recovery and fail. Recovering to the end of the archive gives the same.`,
    before >= earliest.at ? before : null,
    true,
  )
}

function outside(
  at: Date,
  asked: readonly RecoveryWindow[],
  timeline: number | null,
  line: readonly number[],
): BackupChoice {
  const onLine = asked.filter((window) => line.includes(window.timeline))
  const nearestAt = nearestTo(at, onLine.length > 0 ? onLine : asked)
  const on = timeline === null ? '' : ` on timeline ${timeline}`
  const moment = `${formatInstant(at)} cannot be recovered${on}`
  if (nearestAt === null) return refused(`${moment}: no moment can.`)
  const isLate = nearestAt < at && !asked.some(({ kind, latest }) => kind === 'span' && latest.at > at)
  const why = isLate ? 'the archive does not reach that far' : whyEarly(nearestAt, at)
  return refused(`${moment}: ${why}. The nearest moment that can is ${formatInstant(nearestAt)}.`, nearestAt, isLate)
}

function whyEarly(nearestAt: Date, at: Date): string {
  return nearestAt > at ? 'no backup with unbroken WAL ended before it' : 'WAL that it needs is missing'
}

/** The nearest end of a span; from its first moment on a backup serves it. */
function nearestTo(at: Date, windows: readonly RecoveryWindow[]): Date | null {
  const ends = windows.flatMap(({ kind, earliest, latest }) => (kind === 'span' ? [earliest.at, latest.at] : []))
  const distance = (end: Date): number => Math.abs(end.getTime() - at.getTime())
  return ends.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
}
