import type { Queryable } from '../queryable.ts'

/** Since when an operation on a cluster waits for a person to decide, the earliest; null = none does. */
export async function readDecisionAskedAt(on: Queryable, clusterId: string): Promise<Date | null> {
  const { rows } = await on.query<{ at: Date | null }>(
    `select min((question->>'askedAt')::timestamptz) as at from operation where cluster_id = $1 and state = 'waiting'`,
    [clusterId],
  )
  return rows[0]?.at ?? null
}
