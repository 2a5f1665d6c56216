import type { DayTold } from '#domain/availability/status-view.ts'
import { formatDuration } from '#domain/format.ts'

/** Time of a day in which writes were not served, planned or not. */
export function downMs({ unplannedMs, plannedMs }: DayTold): number {
  return unplannedMs + plannedMs
}

/** A day as one says it: `Tue 3 Nov`. */
export function dayDate({ from }: Pick<DayTold, 'from'>): string {
  return format.format(from).replace(',', '')
}

/** What became of a day, in words. */
export function dayWords({ wholeMs, unplannedMs, plannedMs, unseenMs, unmeasuredMs }: DayTold): string {
  if (unmeasuredMs === wholeMs) return 'not measured'
  if (unseenMs + unmeasuredMs === wholeMs) return 'not seen'
  const parts = [
    unplannedMs > 0 ? `${formatDuration(unplannedMs)} without writes` : null,
    plannedMs > 0 ? `${formatDuration(plannedMs)} without writes during planned work` : null,
    unseenMs > 0 ? `${formatDuration(unseenMs)} not seen` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'took writes all the time we looked' : parts.join(', ')
}

/** The days on which writes were not served, the newest first; the ten latest of them. */
export function worstDays(days: readonly DayTold[]): DayTold[] {
  return days
    .filter((day) => downMs(day) > 0)
    .toReversed()
    .slice(0, 10)
}

const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
