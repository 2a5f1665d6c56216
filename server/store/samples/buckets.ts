import type { SeriesAnswer } from '#domain/samples/series.ts'
import type { BatchRow } from './batch-sql.ts'

type Values = (number | null)[]

interface Filled extends Pick<SeriesAnswer['series'][number], 'avg' | 'min' | 'max'> {
  /** Samples in each bucket so far. */
  counts: number[]
}

/** Puts the rows of an answer into buckets; where tables meet, a bucket is filled from both. */
export class Buckets {
  readonly #count: number
  /** By series and place. */
  readonly #filled = new Map<number, Map<number, Filled>>()

  constructor(count: number) {
    this.#count = count
  }

  add({ series_id: id, bucket, n, mean, low, high }: BatchRow, places: readonly number[]): void {
    if (bucket < 0 || bucket >= this.#count) return
    const means = numbersIn(mean)
    const lows = low === null ? [] : numbersIn(low)
    const highs = high === null ? [] : numbersIn(high)
    const ofSeries = this.#ofSeries(id)
    for (const [index, place] of places.entries()) {
      const value = means[index] ?? null
      if (value === null) continue
      const filled = ofSeries.get(place) ?? this.#empty()
      ofSeries.set(place, filled)
      merge(filled, bucket, { n, mean: value, low: lows[index] ?? value, high: highs[index] ?? value })
    }
  }

  /** What a series came to; all gaps where nothing of it was read. */
  of(id: number | null, place: number | null): Omit<Filled, 'counts'> {
    const filled = id === null || place === null ? undefined : this.#filled.get(id)?.get(place)
    const { avg, min, max } = filled ?? this.#empty()
    return { avg, min, max }
  }

  #ofSeries(id: number): Map<number, Filled> {
    const known = this.#filled.get(id)
    if (known) return known
    const made = new Map<number, Filled>()
    this.#filled.set(id, made)
    return made
  }

  #empty(): Filled {
    const gaps = (): Values => Array.from({ length: this.#count }, () => null)
    return { avg: gaps(), min: gaps(), max: gaps(), counts: Array.from({ length: this.#count }, () => 0) }
  }
}

function merge(filled: Filled, bucket: number, row: { n: number; mean: number; low: number; high: number }): void {
  const counted = filled.counts[bucket] ?? 0
  const total = counted + row.n
  const mean = filled.avg[bucket] ?? null
  filled.counts[bucket] = total
  filled.avg[bucket] = mean === null ? row.mean : (mean * counted + row.mean * row.n) / total
  filled.min[bucket] = Math.min(filled.min[bucket] ?? row.low, row.low)
  filled.max[bucket] = Math.max(filled.max[bucket] ?? row.high, row.high)
}

/** An array of numbers in Postgres's notation. */
function numbersIn(text: string): Values {
  if (text.length <= 2) return []
  return text
    .slice(1, -1)
    .split(',')
    .map((word) => (word === 'NULL' ? null : Number(word)))
}
