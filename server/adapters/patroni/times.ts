/** Reads Patroni's times: Python's `2026-11-23 07:13:52.672228+00:00` or ISO 8601, always with an offset; null otherwise. */
export function parseTime(text: string | null | undefined): Date | null {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)$/.exec(
    text?.trim() ?? '',
  )
  if (match === null) return null
  const [, day, time, zone = 'Z'] = match
  return validDate(Date.parse(`${day}T${time}${isoZone(zone)}`))
}

/** Seconds since the epoch as a Date; null where no date can hold them. */
export function fromEpoch(seconds: number | null | undefined): Date | null {
  return seconds === null || seconds === undefined ? null : validDate(seconds * 1000)
}

function isoZone(zone: string): string {
  if (zone === 'Z' || zone === 'UTC') return 'Z'
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`
}

function validDate(ms: number): Date | null {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? null : date
}
