import type { Queryable } from '../queryable.ts'

/** True while a witness holds what the audit log contradicts, and for a day after a cluster was told of such a thing. */
export async function readAuditDisputed(on: Queryable, clusterId: string): Promise<boolean> {
  const { rows } = await on.query<{ is: boolean }>(
    `select exists (select from audit_witness where is_disputed)
            or exists (select from event
                        where cluster_id = $1 and kind = 'audit-log-disputed' and at > now() - interval '1 day') as is`,
    [clusterId],
  )
  return rows[0]?.is === true
}
