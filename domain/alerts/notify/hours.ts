/** When somebody is to be told, by the clock on their wall. */
export interface Hours {
  /** 1 = Monday to 7 = Sunday. */
  days: number[]
  /** `HH:MM`; where `to` is not later than `from`, they go on into the next day. */
  from: string
  to: string
  /** IANA name. */
  zone: string
}

/** True while a moment is within the hours; what goes on past midnight belongs to the day on which it began. */
export function isWithin({ days, from, to, zone }: Hours, at: Date): boolean {
  const { day, time } = wallClock(at, zone)
  if (from < to) return days.includes(day) && time >= from && time < to
  const yesterday = day === 1 ? 7 : day - 1
  return (days.includes(day) && time >= from) || (days.includes(yesterday) && time < to)
}

/** True for a zone that the clock of this machine knows. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Hours in words: `Mon to Fri 08:00 to 18:00 Europe/Zurich`. */
export function hoursWords({ days, from, to, zone }: Hours): string {
  const isDaily = new Set(days).size === 7
  return `${isDaily ? 'every day' : daysWords(days)} ${from} to ${to} ${zone}`
}

/** A moment in UTC and, where it is another, on the wall of a zone. */
export function momentWords(at: Date, zone: string): string {
  const utc = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (zone === 'UTC' || !isZone(zone)) return utc
  const { year, month, date, time } = wallClock(at, zone)
  return `${utc} (${year}-${month}-${date} ${time} ${zone})`
}

const dayWords = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

function daysWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].toSorted((a, b) => a - b)
  const isRun = sorted.length > 2 && sorted.every((day, n) => n === 0 || day === (sorted[n - 1] ?? 0) + 1)
  const words = sorted.map((day) => dayWords[day - 1] ?? '')
  return isRun ? `${words[0]} to ${words.at(-1)}` : words.join(', ')
}

function wallClock(at: Date, zone: string) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return {
    day: dayWords.findIndex((word) => word === of('weekday')) + 1,
    time: `${of('hour')}:${of('minute')}`,
    year: of('year'),
    month: of('month'),
    date: of('day'),
  }
}
