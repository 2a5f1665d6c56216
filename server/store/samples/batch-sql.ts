import { rawTable } from './resolutions.ts'
import type { Source, SourcePart } from './source.ts'

/** Series of which the same places of their samples are wanted. */
export interface Batch {
  /** Of sample_series. */
  ids: number[]
  /** Counted from 1. */
  places: number[]
}

/** What the query answers: one row for each series and bucket, its values in the order of the batch's places as arrays in Postgres's notation. */
export interface BatchRow {
  batch: number
  series_id: number
  bucket: number
  /** How many samples are in it. */
  n: number
  mean: string
  /** Null = no value differs from the mean. */
  low: string | null
  high: string | null
}

/** One query for all batches over all parts. Numbers and times stand in its text, so that the planner sees which partitions it needs. */
export function batchSql(source: Source, batches: readonly Batch[]): string {
  return source.parts
    .flatMap((part) => batches.map((batch, index) => select(source, part, { ...batch, index })))
    .join('\nunion all\n')
}

function select(source: Source, part: SourcePart, batch: Batch & { index: number }): string {
  const { table } = part.table
  const grid = `date_bin('${source.stepSeconds} seconds', at, ${moment(source.from)})`
  const bucket = `(date_part('epoch', ${grid} - ${moment(source.from)}) / ${source.stepSeconds})::int`
  // Where each row has a bucket of its own nothing is to be summed up.
  const isRowwise = source.stepSeconds === part.table.seconds
  const columns = (isRowwise ? rowColumns : sumColumns)(part.table === rawTable, batch.places)
  return `
    select ${batch.index} as batch, series_id, ${bucket} as bucket, ${columns}
      from ${table}
     where series_id in (${batch.ids.join(', ')}) and at >= ${moment(part.from)} and at < ${moment(part.to)}
     ${isRowwise ? '' : `group by series_id, ${grid}`}`
}

function rowColumns(isRaw: boolean, places: readonly number[]): string {
  if (isRaw) return `1 as n, ${array(places, (i) => `v[${i}]`)} as mean, null as low, null as high`
  return `n::int as n, ${array(places, (i) => `mean[${i}]`)} as mean,
    ${array(places, (i) => `low[${i}]`)} as low, ${array(places, (i) => `high[${i}]`)} as high`
}

function sumColumns(isRaw: boolean, places: readonly number[]): string {
  if (isRaw) {
    return `count(*)::int as n, ${array(places, (i) => `avg(v[${i}])`)} as mean,
      ${array(places, (i) => `min(v[${i}])`)} as low, ${array(places, (i) => `max(v[${i}])`)} as high`
  }
  const weight = (i: number) => `coalesce(counts[${i}], n)`
  const sum = (i: number) => `sum(mean[${i}]::float8 * ${weight(i)})`
  return `sum(n)::int as n,
    ${array(places, (i) => `${sum(i)} / sum(${weight(i)}) filter (where mean[${i}] is not null)`)} as mean,
    ${array(places, (i) => `min(coalesce(low[${i}], mean[${i}]))`)} as low,
    ${array(places, (i) => `max(coalesce(high[${i}], mean[${i}]))`)} as high`
}

function array(places: readonly number[], of: (place: number) => string): string {
  return `array[${places.map(of).join(', ')}]::real[]::text`
}

function moment(at: Date): string {
  return `timestamptz '${at.toISOString()}'`
}
