import type { KeptAlert } from '#domain/alerts/alert.ts'
import { fromJson } from '#domain/json.ts'

/** An alert as its columns have it; all but the facts are as the domain has them. */
export type AlertRow = Omit<KeptAlert, 'facts'> & { facts: unknown }

/** The columns of an alert, by the names of the domain; the table is called a. */
export const alertColumns = `
  a.id, a.cluster_id as "clusterId", a.cluster_name as "clusterName", a.rule_id as "ruleId", a.title, a.subject, a.member,
  a.severity, a.cause, a.state, a.summary, a.since, a.counts_from as "countsFrom", a.fired_at as "firedAt",
  a.held_at as "heldAt", a.quiet_since as "quietSince", a.unknown_since as "unknownSince", a.resolved_at as "resolvedAt",
  a.facts, a.incident_id as "incidentId", a.explained_by as "explainedBy", a.is_flapping as "isFlapping"`

/** An alert as it was kept. */
export function alertOf(row: AlertRow): KeptAlert {
  return { ...row, facts: fromJson<KeptAlert['facts']>(row.facts) }
}
