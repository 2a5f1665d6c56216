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

/** Buckets of equal width that begin at `from`; all series of an answer share them. A bucket without a sample is null: a gap, not a line. */
export interface SeriesAnswer {
  from: Date
  stepSeconds: number
  /** Where the values come from. */
  resolution: 'raw' | 'minute' | 'hour'
  series: { name: SeriesName; avg: (number | null)[]; min: (number | null)[]; max: (number | null)[] }[]
}
