import type { Alert, Incident } from './alert.ts'
import type { Move } from './advance.ts'

/** What people are to be told of: written for whoever tells them in the same transaction as the alert itself. */
export interface AlertChange {
  /** `worsened` or `eased`: it fires on with another severity. */
  kind: 'began' | 'ended' | 'worsened' | 'eased'
  alert: Alert
  /** Null where it makes none. */
  incident: Incident | null
}

/** What became of an incident: `merged` it was taken in by the one whose number it has. */
export interface IncidentChange {
  kind: 'opened' | 'closed' | 'merged'
  incident: Incident
}

/** All that whoever tells people may have to tell, in order; incidents after their alerts. */
export interface Changes {
  alerts: readonly AlertChange[]
  incidents: readonly IncidentChange[]
}

/**
 * What began and ended with some moves. What an operation under way explains has not begun for anybody until it outlasts it, and so does
 * not end either; `released` are those that just did.
 */
export function changesOf(
  moves: readonly Move[],
  released: readonly Alert[],
  incidentOf: (alert: Alert) => Incident | null,
): AlertChange[] {
  const kindOf = (move: Move): AlertChange['kind'] | null => {
    if (move.alert.explainedBy !== null) return null
    if (move.kind === 'fired') return 'began'
    if (move.kind === 'resolved') return 'ended'
    if (move.kind !== 'severity') return null
    return move.isWorse ? 'worsened' : 'eased'
  }
  return [
    ...moves.flatMap((move) => {
      const kind = kindOf(move)
      return kind === null ? [] : [{ kind, alert: move.alert, incident: incidentOf(move.alert) }]
    }),
    ...released.map((alert) => ({ kind: 'began' as const, alert, incident: incidentOf(alert) })),
  ]
}
