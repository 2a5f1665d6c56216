import type { AlertsStanding, Ended } from '#domain/alerts/advance.ts'
import { standStill } from '#domain/alerts/catalogue/console-rules.ts'
import type { Store } from '../open.ts'
import { alertColumns, alertOf, type AlertRow } from './alert-row.ts'

/** The alerts of a cluster as whoever looked last left them, so that looking goes on from there; the watchdog's are not among them. */
export async function readStanding(store: Store, clusterId: string): Promise<AlertsStanding> {
  const [live, ended] = await Promise.all([
    store.pool.query<AlertRow>(
      `select ${alertColumns} from alert a where a.cluster_id = $1 and a.state <> 'resolved' and a.rule_id <> $2`,
      [clusterId, standStill.id],
    ),
    store.pool.query<Ended>(
      `select rule_id as "ruleId", subject, resolved_at as at from alert
        where cluster_id = $1 and state = 'resolved' and resolved_at > now() - interval '30 minutes' and rule_id <> $2
        order by resolved_at`,
      [clusterId, standStill.id],
    ),
  ])
  return { live: live.rows.map(alertOf), ended: ended.rows }
}
