import { dueBetween, type BackupSchedule, type DueRun } from '#domain/backup/backup-schedule.ts'
import { formatDuration } from '#domain/format.ts'
import type { RehearsalWish } from '#domain/plan/rehearsal-plan.ts'

/** When recoveries are rehearsed, once a week in UTC, and what is looked at. */
export interface RehearsalSchedule {
  /** 0 = Sunday to 6 = Saturday. */
  weekday: number
  hour: number
  minute: number
  /** The moment to recover lies so long before the run, ms; null = as close to now as can be. */
  beforeMs: number | null
  /** A query whose answer the report keeps. */
  check: string | null
  verifiesPages: boolean
}

/** On Sunday at 04:00 UTC, to an hour before. */
export const defaultRehearsalSchedule: RehearsalSchedule = {
  weekday: 0,
  hour: 4,
  minute: 0,
  beforeMs: 3_600_000,
  check: null,
  verifiesPages: false,
}

/** Every rehearsal due after `since` and up to and with `until`, oldest first; they have no type. */
export function rehearsalsDue(schedule: RehearsalSchedule, since: Date, until: Date): DueRun[] {
  return dueBetween(asRuns(schedule), since, until)
}

/** The schedule as runs of one type, for whatever asks when they are due. */
export function asRuns({ weekday, hour, minute }: RehearsalSchedule): BackupSchedule {
  return { runs: [{ type: 'full', weekdays: [weekday], hour, minute }] }
}

/** What a run of the schedule that is due at that moment asks for. */
export function wishOf({ beforeMs, check, verifiesPages }: RehearsalSchedule, dueAt: Date): RehearsalWish {
  return {
    target:
      beforeMs === null
        ? { type: 'default', timeline: null }
        : { type: 'time', at: new Date(dueAt.getTime() - beforeMs), timeline: null },
    repository: null,
    node: null,
    check,
    verifiesPages,
    extract: null,
  }
}

/** The schedule in a sentence: `On Sunday at 04:00 (UTC), to 1 h before.` */
export function describeRehearsals({ weekday, hour, minute, beforeMs, check }: RehearsalSchedule): string {
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const target = beforeMs === null ? 'to the end of the archive' : `to ${formatDuration(beforeMs)} before`
  return `On ${weekdayNames[weekday] ?? `day ${weekday}`} at ${time} (UTC), ${target}${check === null ? '' : ', with a check query'}.`
}

export const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
