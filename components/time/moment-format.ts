/** `09:58:12` in the zone. */
export function formatClock(at: Date, zone: string, withSeconds = true): string {
  return part(withSeconds ? 'seconds' : 'minutes', zone).format(at)
}

/** `Mon 23 Nov 2026` in the zone. */
export function formatDay(at: Date, zone: string): string {
  return part('day', zone).format(at).replace(',', '')
}

/** `23 Nov` in the zone. */
export function formatDate(at: Date, zone: string): string {
  return part('date', zone).format(at)
}

/** Both clocks of a moment, for hover: the viewer's and UTC. */
export function formatBoth(at: Date, zone: string): string {
  if (Number.isNaN(at.getTime())) return 'unknown'
  const utc = `${at.toISOString().slice(0, 23).replace('T', ' ')} UTC`
  if (zone === 'UTC') return utc
  return `${formatDay(at, zone)}, ${formatClock(at, zone)} ${zone}\n${utc}`
}

/** As short as it stays clear: `09:31` today, `Sat 09:31` this week, `17 Nov` this year, `17 Nov 2025` before. */
export function formatShort(at: Date, now: Date, zone: string): string {
  const clock = formatClock(at, zone, false)
  if (formatDay(at, zone) === formatDay(now, zone)) return clock
  const ageMs = now.getTime() - at.getTime()
  if (ageMs >= 0 && ageMs < 6 * dayMs) return `${part('weekday', zone).format(at)} ${clock}`
  if (part('year', zone).format(at) === part('year', zone).format(now)) return formatDate(at, zone)
  return `${formatDate(at, zone)} ${part('year', zone).format(at)}`
}

/** From when to when, the day told once: `Mon 23 Nov 2026, 09:00 to 12:30`. */
export function formatRange(from: Date, to: Date, zone: string): string {
  const start = `${formatDay(from, zone)}, ${formatClock(from, zone, false)}`
  const end = formatClock(to, zone, false)
  const isSameDay = to.getTime() - from.getTime() < dayMs && formatDay(from, zone) === formatDay(to, zone)
  return isSameDay ? `${start} to ${end}` : `${start} to ${formatDay(to, zone)}, ${end}`
}

const dayMs = 86_400_000

const shapes = {
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minutes: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'short' },
  date: { day: 'numeric', month: 'short' },
  year: { year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs far more than using it. */
function part(shape: keyof typeof shapes, zone: string): Intl.DateTimeFormat {
  const key = `${shape} ${zone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...shapes[shape], timeZone: zone })
  formats.set(key, made)
  return made
}
