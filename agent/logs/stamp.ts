/** A moment as a log writes it: by the clock of its zone, not yet an instant. */
export interface Stamp {
  /** Its digits read as if they were UTC, ms since 1970. */
  clockMs: number
  /** As it is written behind it: `UTC`, `CET`, `+03`; null where nothing is. */
  zone: string | null
}

/** For a log's own expression: a date and a time, perhaps with a zone. */
export const stampSource = String.raw`(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z\b|[A-Z]{2,5}(?![A-Z:])|[+-]\d\d(?::?\d\d)?(?!\d)))?`

/** Reads the groups of `stampSource`; null where they name no moment. */
export function stampOf(groups: readonly (string | undefined)[]): Stamp | null {
  const [year = '', month = '', day = '', hour = '', minute = '', second = '', fraction, zone] = groups
  const clockMs =
    Date.UTC(+year, +month - 1, +day, +hour, +minute, +second) + Math.trunc(Number(`0.${fraction ?? 0}`) * 1000)
  return Number.isNaN(clockMs) || +month > 12 || +day > 31 ? null : { clockMs, zone: zone ?? null }
}

/** Makes an instant, ms since 1970, of what the clock of a log showed. */
export type LogClock = (stamp: Stamp) => number

/**
 * The clock of a log. UTC and numeric zones mean what they say; an abbreviation means different things in different countries, and
 * Patroni writes none: there the file's own time of change tells how far the clock of its last line is from UTC. Without that it is
 * the machine's zone.
 */
export function clockOf(last: Stamp | null, changedAtMs: number, localInstant: (clockMs: number) => number): LogClock {
  const shift = last === null ? null : shiftOf(last, changedAtMs)
  const isLocal = last === null || shift === null || localInstant(last.clockMs) === last.clockMs - shift
  return ({ clockMs, zone }) => {
    const exact = exactShift(zone)
    if (exact !== null) return clockMs - exact
    return isLocal ? localInstant(clockMs) : clockMs - shift
  }
}

/** The instant at which this machine's clocks show that. */
export function machineInstant(clockMs: number): number {
  const shown = new Date(clockMs)
  return new Date(
    shown.getUTCFullYear(),
    shown.getUTCMonth(),
    shown.getUTCDate(),
    shown.getUTCHours(),
    shown.getUTCMinutes(),
    shown.getUTCSeconds(),
    shown.getUTCMilliseconds(),
  ).getTime()
}

const quarterMs = 900_000
/** A file changes when its last line is written; what goes on below that line is written soon after. */
const slackMs = 60_000
const farthestMs = 14 * 3_600_000

function shiftOf({ clockMs }: Stamp, changedAtMs: number): number | null {
  const apart = clockMs - changedAtMs
  const shift = Math.round(apart / quarterMs) * quarterMs
  return Math.abs(apart - shift) <= slackMs && Math.abs(shift) <= farthestMs ? shift : null
}

function exactShift(zone: string | null): number | null {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0
  const numeric = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '')
  if (numeric === null) return null
  const [, sign, hours = '0', minutes = '0'] = numeric
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000)
}
