import { type PolicyAct, policyActs } from '#domain/approvals/policy-act.ts'
import type { ApprovalPolicy, PolicyDraft } from '#domain/approvals/policy.ts'
import type { Scope } from '#domain/people/grant.ts'
import type { Queryable } from '../queryable.ts'

/** All policies, by name. */
export async function listPolicies(on: Queryable): Promise<ApprovalPolicy[]> {
  const { rows } = await on.query<PolicyRow>(`${selectPolicy} order by lower(name)`)
  return rows.map(policyOf)
}

/** Worker side: adds a policy, or with an id changes that one; null where the id is of none or the name is taken. */
export async function savePolicy(
  tx: Queryable,
  id: string | null,
  { name, scope, acts, approvals, countsForSeconds, runWithinSeconds, allowsBreakGlass }: PolicyDraft,
  by: { id: string; name: string },
): Promise<ApprovalPolicy | null> {
  const values = [
    name,
    scope.kind,
    scope.kind === 'label' ? scope.label : null,
    scope.kind === 'cluster' ? scope.clusterId : null,
    acts,
    approvals,
    countsForSeconds,
    runWithinSeconds,
    allowsBreakGlass,
    by.id,
    by.name,
  ]
  const { rows: taken } = await tx.query(
    'select 1 from approval_policy where lower(name) = lower($1) and id is distinct from $2',
    [name, id],
  )
  if (taken.length > 0) return null
  const { rows } =
    id === null
      ? await tx.query<{ id: string }>(
          `insert into approval_policy (name, scope_kind, scope_label, scope_cluster_id, acts, approvals, counts_for_seconds,
                                        run_within_seconds, allows_break_glass, changed_by_id, changed_by_name, changed_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp()) returning id`,
          values,
        )
      : await tx.query<{ id: string }>(
          `update approval_policy set name = $1, scope_kind = $2, scope_label = $3, scope_cluster_id = $4, acts = $5, approvals = $6,
                  counts_for_seconds = $7, run_within_seconds = $8, allows_break_glass = $9, changed_by_id = $10,
                  changed_by_name = $11, changed_at = clock_timestamp()
            where id = $12 returning id`,
          [...values, id],
        )
  const saved = rows[0]?.id
  return saved === undefined ? null : findPolicy(tx, saved)
}

/** Worker side: takes a policy away. */
export async function deletePolicy(tx: Queryable, id: string): Promise<void> {
  await tx.query('delete from approval_policy where id = $1', [id])
}

/** One of them; null when there is none of that id. */
export async function findPolicy(on: Queryable, id: string): Promise<ApprovalPolicy | null> {
  const { rows } = await on.query<PolicyRow>(`${selectPolicy} where id = $1`, [id])
  return rows[0] ? policyOf(rows[0]) : null
}

const selectPolicy = 'select * from approval_policy'

interface PolicyRow {
  id: string
  name: string
  scope_kind: 'all' | 'label' | 'cluster'
  scope_label: string | null
  scope_cluster_id: string | null
  acts: string[]
  approvals: number
  counts_for_seconds: number
  run_within_seconds: number
  allows_break_glass: boolean
  changed_by_id: string
  changed_by_name: string
  changed_at: Date
}

function policyOf(row: PolicyRow): ApprovalPolicy {
  return {
    id: row.id,
    name: row.name,
    scope: scopeOf(row),
    acts: policyActs.filter((act: PolicyAct) => row.acts.includes(act)),
    approvals: row.approvals === 1 ? 1 : 2,
    countsForSeconds: row.counts_for_seconds,
    runWithinSeconds: row.run_within_seconds,
    allowsBreakGlass: row.allows_break_glass,
    changedBy: { id: row.changed_by_id, name: row.changed_by_name },
    changedAt: row.changed_at,
  }
}

function scopeOf(row: PolicyRow): Scope {
  if (row.scope_kind === 'label') return { kind: 'label', label: row.scope_label ?? '' }
  return row.scope_kind === 'cluster' ? { kind: 'cluster', clusterId: row.scope_cluster_id ?? '' } : { kind: 'all' }
}
