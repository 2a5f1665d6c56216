import { formatRange } from '#components/time/moment-format.ts'
import { wallClockAt } from '#domain/time-zone.ts'
import { lasts, type TimeRange } from './time-range.ts'

/** A range in a sentence: `the last 6 hours`, `Mon 23 Nov 2026, 09:00 to 12:30`. */
export function rangeWords(range: TimeRange, zone: string): string {
  if (range.kind === 'fixed') return formatRange(range.from, range.to, zone)
  return `the last ${lasts.find(({ name }) => name === range.last)?.words ?? range.last}`
}

/** A moment as a field takes it, on the clock of the zone: `2026-11-23 09:00:00`. */
export function fieldText(at: Date, zone: string): string {
  return wallClockAt(at, zone).toISOString().slice(0, 19).replace('T', ' ')
}
