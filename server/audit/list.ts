import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Store } from '#server/store/open.ts'
import { auditColumns, toAuditRecord, type AuditRow } from './columns.ts'

/** What to show of the audit chain; `before` is the number of the last record of the page before. */
export interface AuditFilter {
  /** Only of these clusters; null or absent = of all, and of none. */
  clusterIds?: readonly string[] | null | undefined
  /** Name of a cluster, also of one that is gone. */
  cluster?: string | undefined
  /** Part of the actor's name, any case. */
  actor?: string | undefined
  /** An action, or with a trailing dot all of a kind: `clusters.`. */
  action?: string | undefined
  outcome?: AuditRecord['outcome'] | undefined
  /** Of one operation only. */
  operation?: string | undefined
  /** Only what one person did alone where a policy asks for two. */
  breakGlass?: boolean | undefined
  since?: Date | undefined
  until?: Date | undefined
  before?: number | undefined
  limit: number
}

/** A page of audit records, newest first; `nextBefore` is null on the last page. */
export async function listAudit(
  store: Store,
  filter: AuditFilter,
): Promise<{ records: AuditRecord[]; nextBefore: number | null }> {
  const { where, values } = conditionsOf(filter)
  if (filter.before !== undefined) where.push(`seq < $${values.push(filter.before)}`)
  values.push(filter.limit + 1)
  const { rows } = await store.pool.query<AuditRow>(
    `select ${auditColumns} from audit_event ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
     order by seq desc limit $${values.length}`,
    values,
  )
  const records = rows.slice(0, filter.limit).map(toAuditRecord)
  return { records, nextBefore: rows.length > filter.limit ? (records.at(-1)?.seq ?? null) : null }
}

/** One record by its number; null when there is none. */
export async function findAudit(store: Store, seq: number): Promise<AuditRecord | null> {
  const { rows } = await store.pool.query<AuditRow>(`select ${auditColumns} from audit_event where seq = $1`, [seq])
  return rows[0] ? toAuditRecord(rows[0]) : null
}

/** What of the chain a filter leaves, as SQL with its values. */
export function conditionsOf(filter: Omit<AuditFilter, 'before' | 'limit'>): { where: string[]; values: unknown[] } {
  const where: string[] = []
  const values: unknown[] = []
  const add = (condition: string, value: unknown) => {
    if (value !== undefined) where.push(condition.replace('?', `$${values.push(value)}`))
  }
  add('cluster_id = any(?)', filter.clusterIds ?? undefined)
  add('lower(cluster_name) = lower(?)', filter.cluster)
  add('strpos(lower(actor_name), lower(?)) > 0', filter.actor)
  if (filter.action?.endsWith('.')) add('starts_with(action, ?)', filter.action)
  else add('action = ?', filter.action)
  add('outcome = ?', filter.outcome)
  add('operation_id = ?', filter.operation)
  if (filter.breakGlass) where.push(`detail ->> 'breakGlass' = 'true'`)
  add('at >= ?', filter.since)
  add('at < ?', filter.until)
  return { where, values }
}
