import type { Availability } from './measure.ts'

/** What a cluster is held to where nobody set anything else. */
export const defaultTarget = 0.999

export const targetBounds = { min: 0.5, max: 0.99999 } as const

/** A target typed in percent, such as `99.9`, as a share; null for what is none. */
export function readTarget(percent: string): number | null {
  if (!/^\s*\d{1,2}([.,]\d{1,3})?\s*%?\s*$/.test(percent)) return null
  const target = Math.round(Number.parseFloat(percent.replace(',', '.')) * 1000) / 100_000
  return target >= targetBounds.min && target <= targetBounds.max ? target : null
}

/** How a period stands against its target. */
export type AgainstTarget =
  | { kind: 'unknown' }
  /** What may still be lost of the whole period, or was lost beyond it, ms. */
  | { kind: 'met'; leftMs: number }
  | { kind: 'missed'; beyondMs: number }

/** Holds what was measured of a period against the target; what may be lost counts over the period as a whole, as agreements do. */
export function againstTarget({ share, unplannedMs }: Availability, target: number, periodMs: number): AgainstTarget {
  if (share === null) return { kind: 'unknown' }
  const allowedMs = (1 - target) * periodMs
  return unplannedMs <= allowedMs
    ? { kind: 'met', leftMs: allowedMs - unplannedMs }
    : { kind: 'missed', beyondMs: unplannedMs - allowedMs }
}

/** True where less was measured so far than the target wants of the whole period, and it can still be kept. */
export function isBelowSoFar({ kind }: AgainstTarget, target: number, share: number | null): boolean {
  return kind === 'met' && share !== null && share < target
}
