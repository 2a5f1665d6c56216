import { z } from 'zod'
import type { RuleOverride } from '#domain/alerts/rule.ts'
import type { Queryable } from '../queryable.ts'

/** An override as it is kept. */
export interface StoredOverride {
  override: RuleOverride
  setBy: string
  setAt: Date
}

/** What a cluster has otherwise than the rules come. What is no override any more, as after an older version, is left out. */
export async function readOverrides(on: Queryable, clusterId: string): Promise<StoredOverride[]> {
  const { rows } = await on.query<{ rule_id: string; body: unknown; set_by: string; set_at: Date }>(
    'select rule_id, body, set_by, set_at from rule_override where cluster_id = $1 order by rule_id',
    [clusterId],
  )
  return rows.flatMap(({ rule_id: ruleId, body, set_by: setBy, set_at: setAt }) => {
    const parsed = bodySchema.safeParse(body)
    return parsed.success ? [{ override: { ruleId, ...parsed.data }, setBy, setAt }] : []
  })
}

/** Sets what of a rule a cluster has otherwise; null lets it be as it comes. */
export async function saveOverride(
  tx: Queryable,
  { clusterId, ruleId, body, setBy }: { clusterId: string; ruleId: string; body: Body | null; setBy: string },
): Promise<void> {
  if (body === null) {
    await tx.query('delete from rule_override where cluster_id = $1 and rule_id = $2', [clusterId, ruleId])
    return
  }
  await tx.query(
    `insert into rule_override (cluster_id, rule_id, body, set_by, set_at) values ($1, $2, $3, $4, clock_timestamp())
     on conflict (cluster_id, rule_id) do update
        set body = excluded.body, set_by = excluded.set_by, set_at = excluded.set_at`,
    [clusterId, ruleId, JSON.stringify(body), setBy],
  )
}

export type Body = Omit<RuleOverride, 'ruleId'>

const bodySchema = z.object({
  isEnabled: z.boolean().exactOptional(),
  parameters: z.record(z.string(), z.number()).exactOptional(),
  forSeconds: z.number().min(0).exactOptional(),
  keepFiringSeconds: z.number().min(0).exactOptional(),
  severity: z.enum(['critical', 'warning', 'info']).exactOptional(),
}) satisfies z.ZodType<unknown>
