import type { Resolution, SeriesQuestion } from '#domain/samples/series.ts'
import { type SampleTable, rawTable, rollUpTables, sampleTables } from './resolutions.ts'
import type { Retention } from '#domain/samples/retention.ts'

/** Which tables answer for which time, and the buckets their rows fall into. */
export interface Source {
  resolution: Resolution
  /** Start of the first bucket. */
  from: Date
  stepSeconds: number
  buckets: number
  /** Stretches without a gap, the oldest first: what a table does not have yet is read from a finer one. */
  parts: SourcePart[]
}

export interface SourcePart {
  table: SampleTable
  from: Date
  to: Date
}

/** More rows of each series than these are not read for one answer: a coarser table has the same in fewer. */
const mostRows = 2_200

/** Picks the finest table that still has the whole time in few enough rows; buckets are whole rows of it, and stand on a grid of their own so that they stay as time goes on. */
export function sourceOf(
  { from, to, points }: Pick<SeriesQuestion, 'from' | 'to' | 'points'>,
  known: { retention: Retention; done: ReadonlyMap<string, Date>; now: Date },
): Source {
  const spanSeconds = (to.getTime() - from.getTime()) / 1000
  const table =
    sampleTables.find((each) => spanSeconds / each.seconds <= mostRows && isKept(each, from, known)) ?? coarsest
  const grid = gridOf(from, to, { points, seconds: table.seconds })
  return { resolution: table.resolution, ...grid, parts: partsOf(table, { from: grid.from, to }, known.done) }
}

const coarsest = rollUpTables.at(-1) ?? rawTable

function isKept({ resolution }: SampleTable, from: Date, known: { retention: Retention; now: Date }): boolean {
  return from.getTime() >= known.now.getTime() - known.retention[resolution] * 86_400_000
}

function gridOf(
  from: Date,
  to: Date,
  { points, seconds }: { points: number; seconds: number },
): Pick<Source, 'from' | 'stepSeconds' | 'buckets'> {
  const spanSeconds = (to.getTime() - from.getTime()) / 1000
  // The first bucket may begin before `from`: then there is one more.
  for (let steps = Math.max(1, Math.ceil(spanSeconds / points / seconds)); ; steps++) {
    const stepMs = steps * seconds * 1000
    const startMs = Math.floor(from.getTime() / stepMs) * stepMs
    const buckets = Math.ceil((to.getTime() - startMs) / stepMs)
    if (buckets <= points) return { from: new Date(startMs), stepSeconds: steps * seconds, buckets }
  }
}

function partsOf(
  coarse: SampleTable,
  { from, to }: { from: Date; to: Date },
  done: ReadonlyMap<string, Date>,
): SourcePart[] {
  const parts: SourcePart[] = []
  let cursor = from
  for (const table of sampleTables.slice(0, sampleTables.indexOf(coarse) + 1).toReversed()) {
    const until = table === rawTable ? to : done.get(table.resolution)
    const end = until === undefined || until > to ? until && to : until
    if (end === undefined || end <= cursor) continue
    parts.push({ table, from: cursor, to: end })
    cursor = end
  }
  return parts
}
