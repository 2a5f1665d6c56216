import type { Span } from './measure.ts'

/** The calendar month in UTC that holds a moment. */
export function monthOf(at: Date): Span {
  return months(at.getUTCFullYear(), at.getUTCMonth(), 1)
}

/** The calendar quarter in UTC that holds a moment. */
export function quarterOf(at: Date): Span {
  return months(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / 3) * 3, 3)
}

/** A month as it is written, such as `2026-11`, or a quarter, `2026-Q4`; null for anything else. */
export function readPeriod(text: string): Span | null {
  const [, year, month, quarter] = /^(20\d\d)-(?:(0[1-9]|1[0-2])|Q([1-4]))$/.exec(text) ?? []
  if (year === undefined) return null
  return quarter === undefined
    ? months(Number(year), Number(month) - 1, 1)
    : months(Number(year), (Number(quarter) - 1) * 3, 3)
}

/** The days in UTC of a period, in order. */
export function daysOf({ from, to }: Span): Span[] {
  const days: Span[] = []
  for (let at = from.getTime(); at < to.getTime(); at += dayMs)
    days.push({ from: new Date(at), to: new Date(Math.min(at + dayMs, to.getTime())) })
  return days
}

const dayMs = 86_400_000

function months(year: number, month: number, count: number): Span {
  return { from: new Date(Date.UTC(year, month, 1)), to: new Date(Date.UTC(year, month + count, 1)) }
}
