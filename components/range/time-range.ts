/** The part of time that all of a page shows: the newest stretch, which moves with the clock, or one that stands still. */
export type TimeRange = { kind: 'last'; last: LastName } | { kind: 'fixed'; from: Date; to: Date }

export type LastName = (typeof lasts)[number]['name']

export interface Span {
  from: Date
  to: Date
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The stretches that are often looked at. */
export const lasts = [
  { name: '1h', ms: hourMs, words: 'hour' },
  { name: '6h', ms: 6 * hourMs, words: '6 hours' },
  { name: '24h', ms: dayMs, words: '24 hours' },
  { name: '7d', ms: 7 * dayMs, words: '7 days' },
  { name: '30d', ms: 30 * dayMs, words: '30 days' },
  { name: '1y', ms: 365 * dayMs, words: 'year' },
] as const

const usual: TimeRange = { kind: 'last', last: '1h' }

interface Query {
  get: (name: string) => string | null
}

/** Reads the range from an address, `last=6h` or `from=…&to=…`; what makes no sense counts as absent, and the last hour is shown. */
export function readRange(query: Query): TimeRange {
  const from = readMoment(query.get('from'))
  const to = readMoment(query.get('to'))
  if (from && to) {
    const lengthMs = to.getTime() - from.getTime()
    if (lengthMs > 0 && lengthMs <= longestMs) return { kind: 'fixed', from, to }
  }
  const last = lasts.find(({ name }) => name === query.get('last'))
  return last ? { kind: 'last', last: last.name } : usual
}

/** What the address says for a range; '' = the parameter is absent. */
export function rangeParams(range: TimeRange): { last: string; from: string; to: string } {
  if (range.kind === 'last') return { last: range.last, from: '', to: '' }
  return { last: '', from: range.from.toISOString(), to: range.to.toISOString() }
}

/** From when to when the range goes now. */
export function spanOf(range: TimeRange, now: Date): Span {
  if (range.kind === 'fixed') return { from: range.from, to: range.to }
  return { from: new Date(now.getTime() - lengthOf(range)), to: now }
}

/** How long the range is, ms. */
export function lengthOf(range: TimeRange): number {
  if (range.kind === 'fixed') return range.to.getTime() - range.from.getTime()
  return lasts.find(({ name }) => name === range.last)?.ms ?? hourMs
}

/** A part that was marked: never shorter than a minute, longer than two years, or ahead of now. */
export function rangeBetween(one: Date, other: Date, now: Date): TimeRange {
  const middle = (one.getTime() + other.getTime()) / 2
  const lengthMs = Math.min(Math.max(Math.abs(other.getTime() - one.getTime()), shortestMs), longestMs)
  const to = Math.round(Math.min(middle + lengthMs / 2, now.getTime()))
  return { kind: 'fixed', from: new Date(Math.round(to - lengthMs)), to: new Date(to) }
}

/** Twice as much time around the same middle, as far as there is a now to end at. */
export function zoomOut(range: TimeRange, now: Date): TimeRange {
  const { from, to } = spanOf(range, now)
  const lengthMs = Math.min(2 * (to.getTime() - from.getTime()), longestMs)
  const end = Math.min((from.getTime() + to.getTime() + lengthMs) / 2, now.getTime())
  const longer = lasts.find(({ ms }) => ms >= lengthMs)
  // What ends now goes on following it.
  if (range.kind === 'last' && longer) return { kind: 'last', last: longer.name }
  return { kind: 'fixed', from: new Date(end - lengthMs), to: new Date(end) }
}

/** Half as much time around a moment, the middle where none is given. */
export function zoomIn(range: TimeRange, now: Date, around?: Date): TimeRange {
  const { from, to } = spanOf(range, now)
  const middle = around?.getTime() ?? (from.getTime() + to.getTime()) / 2
  const halfMs = (to.getTime() - from.getTime()) / 4
  return rangeBetween(new Date(middle - halfMs), new Date(middle + halfMs), now)
}

/** Half a range earlier or later; never ahead of now. */
export function pan(range: TimeRange, direction: -1 | 1, now: Date): TimeRange {
  const { from, to } = spanOf(range, now)
  const lengthMs = to.getTime() - from.getTime()
  const end = Math.min(to.getTime() + (direction * lengthMs) / 2, now.getTime())
  return { kind: 'fixed', from: new Date(end - lengthMs), to: new Date(end) }
}

/** Whether time after the range has passed. */
export function hasLater(range: TimeRange, now: Date): boolean {
  return range.kind === 'fixed' && range.to < now
}

/** Half the shortest that is still drawn as a line. */
const shortestMs = minuteMs
const longestMs = 2 * 365 * dayMs

function readMoment(text: string | null): Date | null {
  const at = text === null ? null : new Date(text)
  return at === null || Number.isNaN(at.getTime()) ? null : at
}
