import type { Measured, Span } from '#domain/availability/measure.ts'
import type { Standing } from '#domain/availability/move-on.ts'
import { readStanding, readStretches, type KeptStretch } from '#server/store/availability/read.ts'
import { plannedSpans } from '#server/store/maintenance/windows.ts'
import type { Store } from '#server/store/open.ts'

/** What was measured of a cluster within a part of time. */
export interface MeasuredCluster extends Measured {
  standing: Standing | null
  stretches: KeptStretch[]
}

/** Reads what was measured of a cluster. */
export async function readMeasured(store: Store, clusterId: string, { from, to }: Span): Promise<MeasuredCluster> {
  const [standing, stretches, planned] = await Promise.all([
    readStanding(store.pool, clusterId),
    readStretches(store.pool, clusterId, from, to),
    plannedSpans(store.pool, clusterId, from),
  ])
  return {
    standing,
    stretches,
    planned,
    measuredFrom: standing?.measuredFrom ?? null,
    lookedAt: standing?.lookedAt ?? null,
  }
}
