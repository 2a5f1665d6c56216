import type { ScheduledRun } from '#domain/backup/backup-schedule.ts'
import { UsageError } from './api-problem.ts'

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** A run as a person writes it: `full@sun@01:00`, `diff@mon-sat@01:00`, `incr@mon,wed@13:30`, `full@daily@02:00`. */
export function readRun(text: string): ScheduledRun {
  const [type, when, time] = text.toLowerCase().split('@')
  if (type !== 'full' && type !== 'diff' && type !== 'incr') throw fault(text, 'begin with full, diff or incr')
  return { type, weekdays: daysIn(text, when ?? ''), ...timeIn(text, time ?? '') }
}

/** A time of the week: `sun@04:00`. */
export function readWeekly(text: string): { weekday: number; hour: number; minute: number } {
  const [day, time] = text.toLowerCase().split('@')
  const [weekday, ...others] = daysIn(text, day ?? '')
  if (weekday === undefined || others.length > 0) throw fault(text, 'name one day, such as sun@04:00')
  return { weekday, ...timeIn(text, time ?? '') }
}

function daysIn(text: string, when: string): number[] {
  if (when === 'daily') return [0, 1, 2, 3, 4, 5, 6]
  return when.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map((name) => days.findIndex((day) => day === name))
    if (first === undefined || first < 0 || last === undefined || last < 0)
      throw fault(text, `name days as ${days.join(', ')}, mon-fri or daily`)
    const length = ((last - first + 7) % 7) + 1
    return Array.from({ length }, (_, index) => (first + index) % 7)
  })
}

function timeIn(text: string, time: string): { hour: number; minute: number } {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  if (hour === undefined || minute === undefined) throw fault(text, 'end with a time in UTC such as 01:00')
  return { hour: Number(hour), minute: Number(minute) }
}

function fault(text: string, how: string): UsageError {
  return new UsageError(`${text} cannot be understood: ${how}.`)
}
