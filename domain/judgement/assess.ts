import type { Assessment } from './assessment.ts'
import { findFindings } from './findings-of.ts'
import { forecastOf } from './forecast-of.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { verdictOf } from './verdict-of.ts'

/** Judges one snapshot as of `now`: verdict, findings (worst first) and forecast. An old snapshot is judged as old. */
export function assess(snapshot: Snapshot, now: Date): Assessment {
  const forecast = forecastOf(snapshot, now)
  const findings = findFindings(snapshot, now, forecast)
  return { verdict: verdictOf({ snapshot, findings, forecast, now }), findings, forecast }
}
