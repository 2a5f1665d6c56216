import { backupTypeWord, type BackupType } from './backup.ts'
import { capital, listNames } from '#domain/words.ts'

/** When backups are to be taken, in UTC: without summer time, so no day has a run twice or never. */
export interface BackupSchedule {
  runs: ScheduledRun[]
}

export interface ScheduledRun {
  type: BackupType
  /** 0 = Sunday to 6 = Saturday. */
  weekdays: number[]
  hour: number
  minute: number
}

/** One run that a schedule asks for. */
export interface DueRun {
  type: BackupType
  at: Date
}

/** Full on Sunday, differential on the other days, at 01:00 UTC. */
export const defaultBackupSchedule: BackupSchedule = {
  runs: [
    { type: 'full', weekdays: [0], hour: 1, minute: 0 },
    { type: 'diff', weekdays: [1, 2, 3, 4, 5, 6], hour: 1, minute: 0 },
  ],
}

/** The first run later than `now`; null where the schedule has none. At the same minute the fuller type counts. */
export function nextRun(schedule: BackupSchedule, now: Date): DueRun | null {
  return dueBetween(schedule, now, new Date(now.getTime() + 8 * dayMs))[0] ?? null
}

/** The last run that was due by `now`, of one type or of any; null where the schedule has none. */
export function lastDue(schedule: BackupSchedule, now: Date, type: BackupType | null = null): DueRun | null {
  const due = dueBetween(schedule, new Date(now.getTime() - 8 * dayMs), now)
  return due.findLast((run) => type === null || run.type === type) ?? null
}

/** Every run due after `since` and up to and with `until`, oldest first. */
export function dueBetween({ runs }: BackupSchedule, since: Date, until: Date): DueRun[] {
  const due: DueRun[] = []
  for (let dayAt = startOfDay(since); dayAt <= until.getTime(); dayAt += dayMs) {
    const weekday = new Date(dayAt).getUTCDay()
    for (const { type, weekdays, hour, minute } of runs) {
      const at = new Date(dayAt + (hour * 60 + minute) * 60_000)
      if (weekdays.includes(weekday) && at > since && at <= until) due.push({ type, at })
    }
  }
  const sorted = due.toSorted((a, b) => a.at.getTime() - b.at.getTime() || fullness[b.type] - fullness[a.type])
  return sorted.filter((run, index) => run.at.getTime() !== sorted[index - 1]?.at.getTime())
}

/**
 * Runs that were due after `since` and did not begin within `graceMs`: no backup as full or fuller was started from then until
 * the next run was due.
 */
export function missedRuns(
  schedule: BackupSchedule,
  backups: readonly { type: BackupType; startedAt: Date }[],
  { since, now, graceMs }: { since: Date; now: Date; graceMs: number },
): DueRun[] {
  const due = dueBetween(schedule, since, new Date(now.getTime() - graceMs))
  return due.filter(({ type, at }) => {
    const until = nextRun(schedule, at)?.at ?? now
    return !backups.some(
      (backup) => fullness[backup.type] >= fullness[type] && backup.startedAt >= at && backup.startedAt < until,
    )
  })
}

/** The schedule in a sentence: `Full on Sunday at 01:00, differential on Monday to Saturday at 01:00 (UTC).` */
export function describeSchedule({ runs }: BackupSchedule): string {
  const asked = runs.filter(({ weekdays }) => weekdays.length > 0)
  if (asked.length === 0) return 'No backups are scheduled.'
  const parts = asked.map((run) => `${backupTypeWord(run.type)} ${daysOf(run.weekdays)} at ${timeOf(run)}`)
  return capital(`${parts.join(', ')} (UTC).`)
}

const dayMs = 86_400_000
const fullness = { full: 2, diff: 1, incr: 0 } as const satisfies Record<BackupType, number>
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function startOfDay(at: Date): number {
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())
}

function daysOf(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].toSorted((a, b) => a - b)
  if (days.length === 7) return 'every day'
  const [first = 0] = days
  const last = days.at(-1) ?? first
  if (days.length > 2 && last - first === days.length - 1) return `on ${dayNames[first]} to ${dayNames[last]}`
  return `on ${listNames(days.map((day) => dayNames[day] ?? `day ${day}`))}`
}

function timeOf({ hour, minute }: ScheduledRun): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
