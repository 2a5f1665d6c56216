/** How far the zone's clock is ahead of UTC at a moment, ms. */
export function zoneOffsetMs(at: Date, zone: string): number {
  const parts = Object.fromEntries(
    clockIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000
}

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

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, made)
  return made
}
