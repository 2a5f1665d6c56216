import { zoneOffsetMs } from '#domain/zone-offset.ts'

/** Moments that a time axis names, ms: round by the zone's own clock, and at most as many as asked for. */
export function timeTicks(from: number, to: number, zone: string, most: number): number[] {
  const lengthMs = to - from
  const step = steps.find((each) => lengthMs / each <= most) ?? Math.ceil(lengthMs / most / weekMs) * weekMs
  const first = Math.ceil((from + offsetAt(from, zone)) / step) * step
  const ticks: number[] = []
  for (let local = first; ; local += step) {
    const at = local - offsetAt(local - offsetAt(from, zone), zone)
    if (at > to || ticks.length === most) return ticks
    if (at >= from) ticks.push(at)
  }
}

/** Whether the ticks of an axis of this length fall on whole days. */
export function isInDays(from: number, to: number, most: number): boolean {
  return (to - from) / most > halfDayMs
}

function offsetAt(ms: number, zone: string): number {
  return zoneOffsetMs(new Date(ms), zone)
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const halfDayMs = 12 * hourMs
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

const steps = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 4].map((days) => days * dayMs),
]
