import type { StoredEvent } from '#domain/event.ts'

/** How much time the ribbon shows, and in what pieces. */
export interface RibbonSpan {
  name: string
  label: string
  bucketMs: number
  buckets: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Few enough pieces that each is wide enough to be met by a thumb on a tablet. */
export const ribbonSpans = [
  { name: '1h', label: '1 hour', bucketMs: 2 * minuteMs, buckets: 30 },
  { name: '24h', label: '24 hours', bucketMs: hourMs, buckets: 24 },
  { name: '7d', label: '7 days', bucketMs: 6 * hourMs, buckets: 28 },
  { name: '30d', label: '30 days', bucketMs: 24 * hourMs, buckets: 30 },
] as const satisfies readonly RibbonSpan[]

const [, day] = ribbonSpans

/** The span an address names; a day where it names none. */
export function ribbonSpan(name: string): RibbonSpan {
  return ribbonSpans.find((span) => span.name === name) ?? day
}

/** A piece of the ribbon with what happened in it. */
export interface Bucket {
  from: Date
  to: Date
  marks: Mark[]
}

export interface Mark {
  id: number
  severity: StoredEvent['severity']
  /** Where in its bucket, from 0 to 1. */
  place: number
}

/** Where the ribbon begins: its pieces end on round times of a clock that is `offsetMs` ahead of UTC. */
export function ribbonStart(span: RibbonSpan, now: Date, offsetMs: number): Date {
  const { bucketMs, buckets } = span
  const end = Math.ceil((now.getTime() + offsetMs + 1) / bucketMs) * bucketMs - offsetMs
  return new Date(end - bucketMs * buckets)
}

/** Lays events out in the pieces of a ribbon that begins at `start`; what lies outside is left out. */
export function ribbonBuckets(events: readonly StoredEvent[], span: RibbonSpan, start: Date): Bucket[] {
  const { bucketMs, buckets: size } = span
  const startMs = start.getTime()
  const buckets: Bucket[] = Array.from({ length: size }, (_, index) => ({
    from: new Date(startMs + index * bucketMs),
    to: new Date(startMs + (index + 1) * bucketMs),
    marks: [],
  }))
  for (const { id, severity, at } of events) {
    const offset = (at.getTime() - startMs) / bucketMs
    buckets[Math.floor(offset)]?.marks.push({ id, severity, place: offset - Math.floor(offset) })
  }
  return buckets
}

/** How many events of each weight there are. */
export function countSeverities(events: readonly Pick<StoredEvent, 'severity'>[]) {
  const counts = { critical: 0, warning: 0, info: 0 }
  for (const { severity } of events) counts[severity] += 1
  return counts
}
