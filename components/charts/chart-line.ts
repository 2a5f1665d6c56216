import type { Metric } from '#domain/samples/metrics.ts'

export type Unit = Metric['unit']

/** Points of equal width that begin at `from`; all lines of a chart share them. */
export interface ChartTime {
  from: Date
  stepMs: number
  points: number
}

/** One line of a chart. A point that was not seen is null: a hole. */
export interface ChartLine {
  name: string
  /** Which of the colours; null = the only line there is, in the colour of text. */
  colour: number | null
  avg: readonly (number | null)[]
  min: readonly (number | null)[]
  max: readonly (number | null)[]
  /** In which points it led; null where nobody can lead. */
  led: readonly boolean[] | null
  isLeader: boolean
}

/** When a point begins. */
export function pointAt({ from, stepMs }: ChartTime, index: number): Date {
  return new Date(from.getTime() + index * stepMs)
}

/** The point in which a moment lies; null outside. */
export function pointOf({ from, stepMs, points }: ChartTime, at: Date): number | null {
  const index = Math.floor((at.getTime() - from.getTime()) / stepMs)
  return index >= 0 && index < points ? index : null
}

/** The newest point in which any of the lines has a value; null where none has. */
export function newestPoint(lines: readonly Pick<ChartLine, 'avg'>[]): number | null {
  const newest = Math.max(-1, ...lines.map(({ avg }) => avg.findLastIndex((value) => value !== null)))
  return newest < 0 ? null : newest
}

/** Whether a line is more than its mean: points that stand for looks that differed. */
export function hasSpread({ min, max }: Pick<ChartLine, 'min' | 'max'>): boolean {
  return max.some((most, index) => most !== null && most !== min[index])
}

/** The points that stand alone between holes: no line goes through them, so each is drawn as a dot. */
export function lonePoints(values: readonly (number | null | undefined)[]): number[] {
  return values.flatMap((value, index) =>
    value != null && values[index - 1] == null && values[index + 1] == null ? [index] : [],
  )
}

/** From which point to which a line led, both taken in. */
export function leadSpans(led: readonly boolean[]): { first: number; last: number }[] {
  const spans: { first: number; last: number }[] = []
  for (const [index, isLeading] of led.entries()) {
    if (!isLeading) continue
    const open = spans.at(-1)
    if (open?.last === index - 1) open.last = index
    else spans.push({ first: index, last: index })
  }
  return spans
}
