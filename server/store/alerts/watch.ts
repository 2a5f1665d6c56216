import type { KeptAlert } from '#domain/alerts/alert.ts'
import type { Queryable } from '../queryable.ts'
import { alertColumns, alertOf, type AlertRow } from './alert-row.ts'

/** True for the one worker that watches now; the others need not, until the end of its transaction. */
export async function takeWatch(tx: Queryable): Promise<boolean> {
  const { rows } = await tx.query<{ is_taken: boolean }>(`select pg_try_advisory_xact_lock(${watchKey}) as is_taken`)
  return rows[0]?.is_taken === true
}

/** Waits until nobody watches, and keeps it so until the end of the transaction. */
export async function awaitWatch(tx: Queryable): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${watchKey})`)
}

const watchKey = `hashtext('matriarch.alerts.watch')`

/** What goes on of one rule, in all clusters. */
export async function liveAlertsOfRule(tx: Queryable, ruleId: string): Promise<KeptAlert[]> {
  const { rows } = await tx.query<AlertRow>(
    `select ${alertColumns} from alert a where a.rule_id = $1 and a.state <> 'resolved'`,
    [ruleId],
  )
  return rows.map(alertOf)
}
