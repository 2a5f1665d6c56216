import { lengthOf, spanOf, type Span, type TimeRange } from './time-range.ts'

/** What all charts of a page ask for: whole steps, so that they share their moments. */
export interface RangeWindow extends Span {
  stepMs: number
  /** How many steps there are. */
  points: number
}

/** How long one point of a range stands for, ms: round, no shorter than a few looks, and few enough for a line. */
export function stepOf(lengthMs: number): number {
  return steps.find((step) => lengthMs / step <= mostPoints) ?? Math.ceil(lengthMs / mostPoints / dayMs) * dayMs
}

/** How often a range that follows now is asked for again, ms. */
export function beatOf(range: TimeRange): number {
  return Math.max(leastBeatMs, stepOf(lengthOf(range)))
}

/** The window of a range; one that follows now moves once a beat, not with each second. */
export function windowOf(range: TimeRange, now: Date): RangeWindow {
  const stepMs = stepOf(lengthOf(range))
  const beatMs = range.kind === 'last' ? beatOf(range) : stepMs
  const span = spanOf(range, range.kind === 'last' ? floorTo(now, beatMs) : now)
  const from = floorTo(span.from, stepMs)
  const points = Math.max(1, Math.ceil((span.to.getTime() - from.getTime()) / stepMs))
  return { from, to: new Date(from.getTime() + points * stepMs), stepMs, points }
}

function floorTo(at: Date, ms: number): Date {
  return new Date(Math.floor(at.getTime() / ms) * ms)
}

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const leastBeatMs = 10 * secondMs
/** About one for each pixel of a chart that is half as wide as a desk: more would be sent and drawn for nothing. */
const mostPoints = 400

/** The shortest is long enough to hold a look at a cluster at rest, so that no hole is drawn where nothing was missed. */
const steps = [
  ...[5, 10, 15, 30].map((seconds) => seconds * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * hourMs),
]
