import { readMoment } from '#domain/recovery/read-target/moment.ts'
import { rangeBetween, type TimeRange } from './time-range.ts'

/** A range as it was typed, or what is wrong with either end. */
export type TypedRange = { range: TimeRange } | { fromFault: string | null; toFault: string | null }

/** Reads both ends as a person writes them, in `zone` where they name none. */
export function readTypedRange(from: string, to: string, zone: string, now: Date): TypedRange {
  const start = readEnd(from, zone, now)
  const end = readEnd(to, zone, now)
  const fromFault = 'fault' in start ? start.fault : null
  const toFault = 'fault' in end ? end.fault : null
  if ('fault' in start || 'fault' in end) return { fromFault, toFault }
  if (start.at >= now) return { fromFault: 'This is yet to come: nothing is sampled ahead.', toFault }
  if (end.at <= start.at) return { fromFault, toFault: 'This is not after the beginning.' }
  return { range: rangeBetween(start.at, end.at > now ? now : end.at, now) }
}

function readEnd(text: string, zone: string, now: Date): { at: Date } | { fault: string } {
  const read = readMoment(text.trim(), zone, now)
  if (read === null) return { fault: 'This is no moment. Write one such as 14:03, 2026-11-25 14:03 or 2 h ago.' }
  return 'sentence' in read ? { fault: read.sentence } : { at: read.at }
}
