import type { MemberReadings } from '#domain/snapshot/readings.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'

type Lagging = Pick<MemberSnapshot, 'laggingSince' | 'lagEvidence'>

/** What is needed to say whether a replica lags. */
export interface LaggingQuestion {
  previous: MemberSnapshot | undefined
  reading: MemberReadings | undefined
  lag: Pick<MemberSnapshot, 'receiveLag' | 'lagObservedAt'>
  maximumLagBytes: number
}

/**
 * Whether a replica lags: it must have been found too far behind for a while, and be found below half of that for a while to
 * be called caught up, because a busy replica falls behind and catches up within seconds. Lag unknown keeps what was known.
 */
export function laggingOf({ previous, reading, lag, maximumLagBytes }: LaggingQuestion): Lagging {
  const { receiveLag, lagObservedAt: at } = lag
  if (receiveLag === null) return { laggingSince: null, lagEvidence: null }
  const known = { laggingSince: previous?.laggingSince ?? null, lagEvidence: evidenceOf(previous) }
  // The DCS tells positions that are up to a loop of Patroni apart: they prove nothing.
  const isMeasured = at !== null && at.getTime() === reading?.status.good?.observedAt.getTime()
  if (receiveLag === 'unknown' || !isMeasured) return known
  const { laggingSince, lagEvidence } = known
  if (receiveLag > (laggingSince ? maximumLagBytes / 2 : maximumLagBytes)) {
    const since = lagEvidence?.since ?? at
    const isLasting = at.getTime() - since.getTime() >= lastingMs
    return { laggingSince: laggingSince ?? (isLasting ? since : null), lagEvidence: { since, newestAt: at } }
  }
  const deniedForMs = at.getTime() - (lagEvidence?.newestAt.getTime() ?? Number.NEGATIVE_INFINITY)
  return deniedForMs >= (laggingSince ? clearedMs : gapMs) ? { laggingSince: null, lagEvidence: null } : known
}

/** What was kept by a version that named it otherwise tells nothing. */
function evidenceOf(previous: MemberSnapshot | undefined): MemberSnapshot['lagEvidence'] {
  const evidence = previous?.lagEvidence ?? null
  return evidence?.newestAt instanceof Date ? evidence : null
}

const lastingMs = 8000
const clearedMs = 10_000

/** While the writes between two looks hide a lag now and then, its run is not broken. */
const gapMs = 5000
