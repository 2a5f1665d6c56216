import type { Incident } from '#domain/alerts/alert.ts'
import { moment } from '#domain/alerts/testing/made-alert.ts'

/** An incident that opened at noon, with what is to be otherwise. */
export function madeIncident(change: Partial<Incident> = {}): Incident {
  return {
    id: 'incident-7',
    number: 7,
    clusterId: 'c',
    clusterName: 'main',
    cause: 'leadership',
    severity: 'critical',
    sentence: 'Nobody holds the lead.',
    openedAt: moment(0),
    closedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    mergedInto: null,
    ...change,
  }
}
