import type { Told } from '#domain/alerts/notify/told.ts'
import { fromJson } from '#domain/json.ts'
import type { Queryable } from '../queryable.ts'

/** What was told of a cluster on a channel, or may have been, and fires still: each alert as it was told last. */
export async function readGoingOn(
  on: Queryable,
  { channelId, clusterId }: { channelId: string; clusterId: string | null },
): Promise<Told[]> {
  const { rows } = await on.query<{ told: unknown }>(
    `select distinct on (a.since, a.id) n.told
       from alert a join notification n on n.alert_id = a.id
      where a.cluster_id = $2 and a.state = 'firing' and n.channel_id = $1 and n.kind = 'trigger'
        and (n.state = 'sent' or (n.state = 'waiting' and n.attempts > 0))
      order by a.since, a.id, n.id desc`,
    [channelId, clusterId],
  )
  return rows.map(({ told }) => fromJson<Told>(told))
}
