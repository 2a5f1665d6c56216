import { isTimeZone } from '#domain/time-zone.ts'

/** A text without the zone it ends with; `zone` is null where it names none. Offsets are given as a zone that has them. */
export function splitZone(text: string): { rest: string; zone: string | null } | { sentence: string } {
  const utc = /^(.*\d.*?|now)\s*(?:\bUTC|\bGMT|(?<=\d)Z)$/i.exec(text)
  if (utc) return { rest: (utc[1] ?? '').trim(), zone: 'UTC' }
  const offset = /^(.*\d:\d\d.*?|.*T\d{4,6}.*?)\s*(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(text)
  if (offset) {
    const [, rest = '', sign = '+', hours = '', minutes = '00'] = offset
    if (Number(hours) > 14) return { sentence: `No zone is ${sign}${hours}:${minutes} away from UTC.` }
    return { rest: rest.trim(), zone: `${sign}${hours.padStart(2, '0')}:${minutes}` }
  }
  const named = /^(.*\d.*?|now)\s+(?:in\s+)?([A-Za-z]+(?:\/[A-Za-z0-9_+-]+)+)$/.exec(text)
  if (named) {
    const [, rest = '', zone = ''] = named
    return isTimeZone(zone) ? { rest, zone } : { sentence: `${zone} is no time zone that is known here.` }
  }
  const short = /^.*\d:\d\d\S*\s+([A-Z]{3,5})$/.exec(text)
  if (short && short[1] !== undefined) {
    return {
      sentence: `${short[1]} stands for different zones in different places. Write the offset instead, such as +01:00, or the zone's name, such as Europe/Berlin.`,
    }
  }
  return { rest: text, zone: null }
}
