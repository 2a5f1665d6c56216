import type { Resolution } from './series.ts'

/** What is kept of one resolution, and what it costs. */
export interface KeptLevel {
  resolution: Resolution
  /** Time that one value stands for, seconds. */
  seconds: number
  /** How long it is kept, days. */
  days: number
  /** What is deleted at once: a part, all of it older than is kept. */
  partition: 'day' | 'week' | 'month' | 'year'
  /** When the first value stands; null = there is none yet. */
  since: Date | null
  /** On disk, with indexes. */
  bytes: number
  /** What one more day costs; null = nothing tells yet. */
  bytesPerDay: number | null
  /** Oldest first; those ahead are empty. */
  parts: KeptPart[]
}

export interface KeptPart {
  from: Date
  to: Date
  bytes: number
}

/** Fewer values of a series than these say little: pages on disk are mostly empty then. */
const fewValues = 100
const dayMs = 86_400_000

/** What one more day of each costs, bytes, the finest first; one that has hardly begun is reckoned from the finer one before it. */
export function withBytesPerDay(levels: readonly Omit<KeptLevel, 'bytesPerDay'>[], now: Date): KeptLevel[] {
  let finer: KeptLevel | null = null
  return levels.map((level) => {
    const passedOn: number | null =
      finer === null || finer.bytesPerDay === null ? null : (finer.bytesPerDay * finer.seconds) / level.seconds
    finer = { ...level, bytesPerDay: measured(level, now) ?? passedOn }
    return finer
  })
}

function measured({ seconds, since, parts }: Omit<KeptLevel, 'bytesPerDay'>, now: Date): number | null {
  if (since === null) return null
  const spanMs = now.getTime() - since.getTime()
  if (spanMs < fewValues * seconds * 1000) return null
  const begun = parts.filter(({ from }) => from <= now)
  return (sumOf(begun) * dayMs) / spanMs
}

const partitionDays = { day: 1, week: 7, month: 30, year: 365 }

/** What a level costs once it has been kept for so many days, bytes; null = nothing tells yet. The part that is not yet old as a whole stays, half of it on average. */
export function costOf({ bytesPerDay, partition }: KeptLevel, days: number): number | null {
  return bytesPerDay === null ? null : bytesPerDay * (days + partitionDays[partition] / 2)
}

/** The parts that go as soon as so many days are kept: all of them older than that. */
export function partsToGo({ parts }: Pick<KeptLevel, 'parts'>, days: number, now: Date): KeptPart[] {
  return parts.filter(({ to }) => to.getTime() <= now.getTime() - days * dayMs)
}

export function sumOf(parts: readonly KeptPart[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0)
}
