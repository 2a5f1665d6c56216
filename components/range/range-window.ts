import { sweepMs } from '#domain/samples/sweep.ts'
import { lengthOf, type Span, type TimeRange } from './time-range.ts'

/** What all charts of a page ask for: whole steps, so that they share their moments. */
export interface RangeWindow extends Span {
  stepMs: number
  /** How many steps there are. */
  points: number
}

/** How long one point of a range stands for, ms: round, no shorter than from one sample to the next, and few enough for a line. */
export function stepOf(range: TimeRange): number {
  const lengthMs = lengthOf(range)
  return steps.find((step) => lengthMs / step <= mostPoints) ?? Math.ceil(lengthMs / mostPoints / dayMs) * dayMs
}

/** The window of a range. One that follows now ends with the step that now is in, and so moves by whole steps. */
export function windowOf(range: TimeRange, now: Date): RangeWindow {
  const stepMs = stepOf(range)
  const end = Math.ceil((range.kind === 'fixed' ? range.to : now).getTime() / stepMs) * stepMs
  const start = range.kind === 'fixed' ? Math.floor(range.from.getTime() / stepMs) * stepMs : end - lengthOf(range)
  return { from: new Date(start), to: new Date(end), stepMs, points: Math.max(1, Math.round((end - start) / stepMs)) }
}

/** How often a window that follows now is asked for again while it stands, ms; false where it moves as often by itself. */
export function refreshOf(range: TimeRange): number | false {
  return range.kind === 'last' && stepOf(range) > refreshMs ? refreshMs : false
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const refreshMs = minuteMs
/** About one for each pixel of a chart that is half as wide as a desk: more would be sent and drawn for nothing. */
const mostPoints = 400

/** The shortest holds one sample, so that no hole is drawn where none was missed. */
const steps = [
  ...[1, 3].map((sweeps) => sweeps * sweepMs),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * hourMs),
]
