import type { Sample } from '#domain/samples/metrics.ts'
import type { Queryable } from '../queryable.ts'

/** The newest sample of each member of a cluster, of those from then on. */
export async function newestSamples(on: Queryable, clusterId: string, from: Date): Promise<Sample[]> {
  const { rows } = await on.query<{ name: string; at: Date; v: (number | null)[] }>(
    `select s.name, newest.at, newest.v
       from sample_series s
      cross join lateral (
        select at, v from sample where series_id = s.id and at >= $2 order by at desc limit 1) newest
      where s.cluster_id = $1 and s.kind = 'member'`,
    [clusterId, from],
  )
  return rows.map(({ name, at, v }) => ({ subject: { kind: 'member', name }, at, values: v }))
}
