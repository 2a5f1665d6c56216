import type { KeptAlert } from '#domain/alerts/alert.ts'
import type { AlertCause } from '#domain/alerts/rule.ts'

/** So many seconds after noon. */
export function moment(seconds: number): Date {
  return new Date(Date.UTC(2026, 10, 26, 12) + seconds * 1000)
}

/** An alert of that cause which fires since noon, with what is to be otherwise. */
export function madeAlert(cause: AlertCause, change: Partial<KeptAlert> = {}): KeptAlert {
  return {
    id: `alert-${cause}`,
    clusterId: 'c',
    clusterName: 'main',
    ruleId: `some-${cause}`,
    title: `Some ${cause}`,
    subject: 'pg-1',
    member: 'pg-1',
    severity: 'warning',
    cause,
    state: 'firing',
    summary: 'It is so.',
    since: moment(0),
    firedAt: moment(60),
    heldAt: moment(60),
    resolvedAt: null,
    unknownSince: null,
    facts: {},
    incidentId: null,
    explainedBy: null,
    isFlapping: false,
    countsFrom: moment(0),
    quietSince: null,
    ...change,
  }
}
