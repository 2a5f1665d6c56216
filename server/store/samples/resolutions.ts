import type { Resolution } from '#domain/samples/series.ts'
import { metrics } from '#domain/samples/metrics.ts'

/** How fine a table is, and how much of it one partition holds. */
export interface SampleTable {
  resolution: Resolution
  table: string
  /** Time that one row stands for, seconds. */
  seconds: number
  partition: 'day' | 'week' | 'month' | 'year'
}

export const rawTable: SampleTable = { resolution: 'raw', table: 'sample', seconds: 10, partition: 'day' }

/** Each is made of the one before it, the first of the samples themselves. */
export const rollUpTables: readonly SampleTable[] = [
  { resolution: 'minute', table: 'sample_minute', seconds: 60, partition: 'week' },
  { resolution: 'tenMinutes', table: 'sample_ten_minutes', seconds: 600, partition: 'month' },
  { resolution: 'hour', table: 'sample_hour', seconds: 3_600, partition: 'month' },
  { resolution: 'day', table: 'sample_day', seconds: 86_400, partition: 'year' },
]

/** All of them, the finest first. */
export const sampleTables: readonly SampleTable[] = [rawTable, ...rollUpTables]

/** Places in a sample, counted from 1 as arrays in SQL are. */
export const places: readonly number[] = Array.from(
  { length: Math.max(metrics.member.length, metrics.cluster.length) },
  (_, index) => index + 1,
)
