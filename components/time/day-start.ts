import { zoneOffsetMs } from '#domain/zone-offset.ts'

/** Midnight that begins a day such as `2026-11-23` in the zone; null when it is no day. */
export function startOfDay(day: string, zone: string): Date | null {
  const utc = /^\d{4}-\d\d-\d\d$/u.test(day) ? new Date(`${day}T00:00:00Z`) : null
  if (!utc || Number.isNaN(utc.getTime())) return null
  // The offset at UTC's midnight may be that of the other side of a clock change: the second look is right.
  const near = new Date(utc.getTime() - zoneOffsetMs(utc, zone))
  return new Date(utc.getTime() - zoneOffsetMs(near, zone))
}

/** The day after, e.g. `2026-03-01` for `2026-02-28`. */
export function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return Number.isNaN(next.getTime()) ? day : next.toISOString().slice(0, 10)
}
