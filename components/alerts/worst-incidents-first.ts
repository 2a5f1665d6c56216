import type { Incident } from '#domain/alerts/alert.ts'
import { severities } from '#domain/alerts/incident-of.ts'

/** Worst first; of the same weight what nobody looks after first, then the oldest. */
export function worstIncidentsFirst<Each extends Incident>(incidents: readonly Each[]): Each[] {
  return incidents.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null) ||
      a.number - b.number,
  )
}
