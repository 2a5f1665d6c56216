import type { KeptAlert } from '#domain/alerts/alert.ts'
import type { Queryable } from '../queryable.ts'

/** Writes alerts as they are now, in one statement. */
export async function saveAlerts(tx: Queryable, alerts: readonly KeptAlert[]): Promise<void> {
  if (alerts.length === 0) return
  await tx.query(
    `insert into alert (id, cluster_id, cluster_name, rule_id, title, subject, member, severity, cause, state, summary, since,
                        counts_from, fired_at, held_at, quiet_since, unknown_since, resolved_at, facts, incident_id,
                        explained_by, is_flapping)
     select id, "clusterId", "clusterName", "ruleId", title, subject, member, severity, cause, state, left(summary, 2000), since,
            "countsFrom", "firedAt", "heldAt", "quietSince", "unknownSince", "resolvedAt", facts, "incidentId",
            "explainedBy", "isFlapping"
       from jsonb_to_recordset($1::jsonb) as given (
            id uuid, "clusterId" uuid, "clusterName" text, "ruleId" text, title text, subject text, member text,
            severity text, cause text, state text, summary text, since timestamptz, "countsFrom" timestamptz,
            "firedAt" timestamptz, "heldAt" timestamptz, "quietSince" timestamptz, "unknownSince" timestamptz,
            "resolvedAt" timestamptz, facts jsonb, "incidentId" uuid, "explainedBy" uuid, "isFlapping" boolean)
     on conflict (id) do update
        set title = excluded.title, member = excluded.member, severity = excluded.severity, state = excluded.state,
            summary = excluded.summary, counts_from = excluded.counts_from, fired_at = excluded.fired_at,
            held_at = excluded.held_at, quiet_since = excluded.quiet_since, unknown_since = excluded.unknown_since,
            resolved_at = excluded.resolved_at, facts = excluded.facts, incident_id = excluded.incident_id,
            explained_by = excluded.explained_by, is_flapping = excluded.is_flapping`,
    [JSON.stringify(alerts)],
  )
}

/** Forgets alerts that never fired. */
export async function dropAlerts(tx: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(`delete from alert where id = any($1::uuid[]) and state = 'pending'`, [ids])
}
