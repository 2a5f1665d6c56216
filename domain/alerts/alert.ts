import type { AlertCause, AlertSeverity } from './rule.ts'

/** Pending until it has held for as long as its rule says, resolved for good once it no longer fires. */
export type AlertState = 'pending' | 'firing' | 'resolved'

/** One rule found true of one subject, from its first moment to its last. */
export interface Alert {
  id: string
  clusterId: string
  clusterName: string
  ruleId: string
  title: string
  subject: string
  member: string | null
  severity: AlertSeverity
  cause: AlertCause
  state: AlertState
  summary: string
  /** First moment it held. */
  since: Date
  firedAt: Date | null
  /** Last moment it was found to hold. */
  heldAt: Date
  resolvedAt: Date | null
  /** Since when nobody can tell whether it still holds; it neither fires nor resolves by that. Null = it is known. */
  unknownSince: Date | null
  /** Since when a firing one is known not to hold; null = it holds, or nobody can tell. */
  quietSince: Date | null
  /** Facts it was last found by. */
  facts: Record<string, number | string | boolean | null>
  incidentId: string | null
  /** Operation under way that explains it: nobody is told and no incident made of it while that goes on. Null = none. */
  explainedBy: string | null
  /** It came and went lately: it keeps firing for longer, until it stays away. */
  isFlapping: boolean
}

/** What else is kept of an alert while it goes on, so that whoever continues does so where another stopped. */
export interface KeptAlert extends Alert {
  /** From when the time counts that it must hold; moved on by as long as nobody could tell. */
  countsFrom: Date
}

/** Alerts of one cause, as a person works on them. */
export interface Incident {
  id: string
  /** Grows over all clusters: how people name it. */
  number: number
  clusterId: string
  clusterName: string
  cause: AlertCause
  severity: AlertSeverity
  /** What is wrong, in a sentence. */
  sentence: string
  openedAt: Date
  /** When its last alert resolved; null = open. */
  closedAt: Date | null
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  /** Number of the incident that took it in, being of a cause above; null = none. */
  mergedInto: number | null
}

/** Notifications of what matches are held back until its end; what is recorded is not. */
export interface Silence {
  id: string
  clusterId: string | null
  ruleId: string | null
  subject: string | null
  reason: string
  createdBy: string
  createdAt: Date
  endsAt: Date
}
