import { zoneOffsetMs } from './zone-offset.ts'

/** A date and a time of day as a clock shows them, in no zone yet: read its fields in UTC. */
export type WallClock = Date

/** True for a zone that this machine knows by its IANA name, and for an offset such as `+01:00`. */
export function isTimeZone(zone: string): boolean {
  if (fixedOffsetMs(zone) !== null) return true
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}

/** What the clocks of a zone show at a moment. */
export function wallClockAt(at: Date, zone: string): WallClock {
  return new Date(at.getTime() + offsetMs(at, zone))
}

/** The moments at which the clocks of a zone show this: none where they skip it, two where they show it twice; earlier first. */
export function momentsOf(wall: WallClock, zone: string): Date[] {
  const offsets = [-dayMs, 0, dayMs].map((aside) => offsetMs(new Date(wall.getTime() + aside), zone))
  return [...new Set(offsets)]
    .map((offset) => ({ at: new Date(wall.getTime() - offset), offset }))
    .filter(({ at, offset }) => offsetMs(at, zone) === offset)
    .map(({ at }) => at)
    .toSorted((a, b) => a.getTime() - b.getTime())
}

/** How far the clocks of a zone are ahead of UTC at a moment, as `+01:00`. */
export function offsetText(at: Date, zone: string): string {
  const minutes = Math.round(offsetMs(at, zone) / 60_000)
  const part = (amount: number): string => String(amount).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${part(Math.floor(size / 60))}:${part(size % 60)}`
}

const dayMs = 86_400_000

/** Older engines take no offset for a zone. */
function fixedOffsetMs(zone: string): number | null {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(zone)
  return match === null ? null : Number(`${match[1]}1`) * (Number(match[2]) * 60 + Number(match[3])) * 60_000
}

function offsetMs(at: Date, zone: string): number {
  return fixedOffsetMs(zone) ?? zoneOffsetMs(at, zone)
}
