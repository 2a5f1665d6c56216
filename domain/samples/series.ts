import type { SubjectKind } from './metrics.ts'

/** What a page asks for at once. */
export interface SeriesQuestion {
  from: Date
  to: Date
  series: SeriesName[]
  /** Points of each series at most; 1,000 where more is asked. */
  points: number
}

export interface SeriesName {
  kind: SubjectKind
  /** Name of the member; null = the cluster. */
  member: string | null
  metric: string
}

/** How much time one kept row stands for: a sweep, or a roll-up of many. */
export type Resolution = 'raw' | 'minute' | 'tenMinutes' | 'hour' | 'day'

/** Buckets of equal width, the first at `from`, which may lie a step before what was asked; all series of an answer share them. A bucket without a sample is null: a gap, not a line. */
export interface SeriesAnswer {
  from: Date
  stepSeconds: number
  /** Where the values come from; the newest of them, not rolled up yet, from finer ones. */
  resolution: Resolution
  series: { name: SeriesName; avg: (number | null)[]; min: (number | null)[]; max: (number | null)[] }[]
}
