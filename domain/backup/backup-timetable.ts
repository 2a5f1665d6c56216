import { defaultBackupSchedule, describeSchedule, type BackupSchedule, type ScheduledRun } from './backup-schedule.ts'

/** A schedule of backups with where they go. */
export interface BackupTimetable extends BackupSchedule {
  /** Key of the repository: `repo1` is 1. */
  repository: number
  /** True = files are read from a replica. */
  fromStandby: boolean
}

/** What is offered where nothing is set. */
export const defaultTimetable: BackupTimetable = { ...defaultBackupSchedule, repository: 1, fromStandby: false }

/** The schedule in sentences, with where its backups are read and go where that is not the usual. */
export function describeTimetable(timetable: BackupTimetable): string {
  const { runs, repository, fromStandby } = timetable
  if (runs.every(({ weekdays }) => weekdays.length === 0)) return describeSchedule(timetable)
  return [
    describeSchedule(timetable),
    ...(fromStandby ? ['The files are read from a replica.'] : []),
    ...(repository === defaultTimetable.repository ? [] : [`They go to repository ${repository}.`]),
  ].join(' ')
}

/** Why runs make no schedule, in a sentence; null where they do. */
export function timetableFault({ runs }: BackupSchedule): string | null {
  if (runs.every(({ weekdays }) => weekdays.length === 0)) return 'Name at least one day on which a backup is taken.'
  if (!runs.some(({ type, weekdays }) => type === 'full' && weekdays.length > 0))
    return 'Without a full backup now and then nothing old can ever expire: name a day for one.'
  return runs.every(isRun) ? null : 'A run is named by weekdays, 0 to 6, an hour, 0 to 23, and a minute, 0 to 59.'
}

function isRun({ weekdays, hour, minute }: ScheduledRun): boolean {
  return weekdays.every((day) => isWithin(day, 6)) && isWithin(hour, 23) && isWithin(minute, 59)
}

function isWithin(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= most
}
