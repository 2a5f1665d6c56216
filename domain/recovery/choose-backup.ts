import type { BackupChoice, ChoiceCase, RecoveryTarget } from './backup-choice.ts'
import { backupName, type Backup } from '#domain/backup/backup.ts'
import { chooseForTime, lastSegmentWarning } from './choose-for-time.ts'
import { chosen, refused } from './choice-words.ts'
import { formatInstant, formatLsn } from '#domain/format.ts'
import { isEndLeftBehind, isLsnLeftBehind, isMomentLeftBehind, isTimelineLeftBehind } from './left-behind.ts'
import { nearestToLsn } from './nearest-to-lsn.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import { lineOf } from '#domain/snapshot/timeline-history.ts'
import { preferred } from './window-order.ts'
import { windowsToNow } from './windows-to-now.ts'
import { capital } from '#domain/words.ts'

/** The backup and the timeline to recover a target with, or why it cannot be: the rules of pgBackRest, with its silent cases refused. */
export function chooseBackup(asked: ChoiceCase): BackupChoice {
  const { target } = asked
  const given = {
    ...asked,
    windows: windowsToNow(asked.windows, asked.stillArchives ?? null, asked.history, asked.now),
  }
  if (given.windows.length === 0) {
    return refused('Nothing can be recovered: there is no backup with the WAL that it needs.')
  }
  switch (target.type) {
    case 'time':
      return chooseForTime(given, target)
    case 'lsn':
      return forLsn(given, target)
    case 'xid':
    case 'name':
      return forNamed(given, target)
    case 'immediate':
      return forImmediate(given, target)
    case 'default':
      return forEnd(given, target)
  }
}

/** pgBackRest takes the newest backup whose stop position is not past the target (restore.c, 2.45 to 2.59). */
function forLsn(given: ChoiceCase, target: Extract<RecoveryTarget, { type: 'lsn' }>): BackupChoice {
  const { lsn, timeline } = target
  const holds = (window: RecoveryWindow): boolean =>
    window.kind === 'span' && window.fromLsn <= lsn && lsn < window.toLsn && isAsked(window, timeline)
  const [window] = preferred(given.windows.filter(holds), lineIn(given))
  const backup = window?.backups.findLast(({ lsnStop }) => lsnStop !== null && lsnStop <= lsn)
  if (window === undefined || backup === undefined) {
    const nearestAt = nearestToLsn(lsn, given.windows, { history: given.history, timeline })
    const nearest = nearestAt === null ? '' : ` The nearest moment that can is ${formatInstant(nearestAt)}.`
    const where = `it lies in no window${onTimeline(timeline)}`
    return refused(`WAL position ${formatLsn(lsn)} cannot be recovered: ${where}.${nearest}`, nearestAt)
  }
  const why = `Newest backup that ended at or before ${formatLsn(lsn)}; the position lies on timeline ${window.timeline}.`
  return chosen({ window, backup, why, isLeftBehind: isLsnLeftBehind(given.history, window.timeline, lsn) })
}

/** Of a transaction or a name nobody can tell beforehand where it lies: pgBackRest would take the newest backup, which may be too new. */
function forNamed(given: ChoiceCase, target: Extract<RecoveryTarget, { type: 'xid' | 'name' }>): BackupChoice {
  const { set, type, value, timeline, at } = target
  const what = type === 'xid' ? `transaction ${value}` : `restore point "${value}"`
  if (set === null) {
    return at === undefined
      ? refused(`Choose a backup that ended before ${what}, or say when that was: where it lies cannot be looked up.`)
      : forNamedAt(given, what, at, timeline)
  }
  const found = findSet(given, set, timeline)
  if (found === null) return refused(unusable(set, timeline))
  if (found.window.kind === 'point')
    return refused(`After backup ${set} no WAL is archived in which ${what} could lie.`)
  const why = `Backup ${set} was asked for; recovery replays from it until it meets ${what}.`
  const isLeftBehind = isTimelineLeftBehind(given.history, found.window.timeline)
  return chosen({ ...found, why, isLeftBehind })
}

/** Where it is known when it was, the backup is that of the moment; recovery then stops at it by what it is, not by the time. */
function forNamedAt(given: ChoiceCase, what: string, at: Date, timeline: number | null): BackupChoice {
  const choice = chooseForTime({ ...given, lastCommitAt: null }, { type: 'time', at, timeline })
  if (choice.kind === 'refused') return { ...choice, sentence: `${capital(what)}: ${choice.sentence}` }
  const why = `Newest backup that ended before ${formatInstant(at)}, when ${what} was; recovery replays until it meets it.`
  return { ...choice, why, warnings: choice.warnings.filter((warning) => warning !== lastSegmentWarning) }
}

function forImmediate(given: ChoiceCase, { set }: Extract<RecoveryTarget, { type: 'immediate' }>): BackupChoice {
  const found = set === null ? newest(given, null) : findSet(given, set, null)
  if (found === null) return refused(set === null ? 'No backup of the current line can be used.' : unusable(set, null))
  const timeline = found.backup.timeline ?? found.window.timeline
  const why = `Recovery ends as soon as ${backupName(found.backup)} is consistent.`
  const isLeftBehind = isMomentLeftBehind(given.history, timeline, found.backup.stoppedAt)
  return chosen({ ...found, why, isLeftBehind, targetTimeline: timeline })
}

function forEnd(given: ChoiceCase, { timeline }: Extract<RecoveryTarget, { type: 'default' }>): BackupChoice {
  const asked = timeline ?? given.history?.timeline ?? null
  const found = newest(given, asked)
  if (found === null)
    return refused(`The end of the archive cannot be recovered${onTimeline(asked)}: no backup reaches it.`)
  const why = `Newest backup that reaches the end of the archive (${found.window.latest.why}).`
  const isLeftBehind = isEndLeftBehind(given.history, found.window.timeline)
  return chosen({ ...found, why, isLeftBehind, targetTimeline: found.window.timeline })
}

interface Found {
  window: RecoveryWindow
  backup: Backup
}

/** The window that reaches furthest, and its newest backup. */
function newest(given: ChoiceCase, timeline: number | null): Found | null {
  const { windows } = given
  const line = lineIn(given)
  const asked = windows.filter((window) => isAsked(window, timeline))
  const onLine = asked.filter((window) => line.includes(window.timeline))
  const [window] = (onLine.length > 0 ? onLine : asked).toSorted(
    (a, b) => b.timeline - a.timeline || b.toLsn - a.toLsn || a.repository - b.repository,
  )
  const backup = window?.backups.at(-1)
  return window === undefined || backup === undefined ? null : { window, backup }
}

function findSet(given: ChoiceCase, set: string, timeline: number | null): Found | null {
  for (const window of preferred(given.windows, lineIn(given))) {
    const backup = window.backups.find(({ label }) => label === set)
    if (backup !== undefined && isAsked(window, timeline)) return { window, backup }
  }
  return null
}

function lineIn({ history }: ChoiceCase): number[] {
  return history === null ? [] : lineOf(history)
}

function isAsked(window: RecoveryWindow, timeline: number | null): boolean {
  return timeline === null || window.timeline === timeline
}

function unusable(set: string, timeline: number | null): string {
  return `Backup ${set} cannot be used${onTimeline(timeline)}: it, a backup it needs, or its WAL is not there.`
}

function onTimeline(timeline: number | null): string {
  return timeline === null ? '' : ` on timeline ${timeline}`
}
