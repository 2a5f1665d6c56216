import { allDelivered, type Undelivered } from '#domain/alerts/facts/sources.ts'
import type { Queryable } from '../queryable.ts'

/**
 * What of a cluster's notifications did not arrive: given up within a day, and the longest wait on a channel that is not paused. What was
 * given up counts until its channel delivers something after it, of whatever cluster, and the alert that it told of fires no more; or until a
 * person dismisses it; the end of a page always does, which would else stay open. What reached some alone counts until something reaches all, and of what was told again the last alone. That this itself could not be told is left out, or it would go on for ever by itself.
 */
export async function readUndelivered(on: Queryable, clusterId: string): Promise<Undelivered> {
  const { rows } = await on.query<Undelivered>(
    `select (count(*) filter (
              where n.state in ('dead', 'sent') and n.attempted_at > now() - interval '1 day' and n.dismissed_at is null
                and not exists (
                  select from notification l
                   where l.alert_id = n.alert_id and l.channel_id = n.channel_id and l.kind = 'trigger' and n.kind = 'trigger'
                     and l.id > n.id and l.state in ('sent', 'dead'))
                and ((n.state = 'dead' and n.kind = 'resolve' and c.kind = 'pagerduty')
                  or (n.state = 'dead' and n.kind = 'trigger' and exists (select from alert a where a.id = n.alert_id and a.state = 'firing'))
                  or not exists (
                    select from notification s
                     where s.channel_id = n.channel_id and s.state = 'sent' and s.sent_at > n.attempted_at
                       and (n.state = 'dead' or s.problem is null)))))::int as dead,
            min(case when n.attempts = 0 then n.next_attempt_at else n.created_at end)
              filter (where n.state = 'waiting' and not c.is_paused) as "waitingSince"
       from notification n join channel c on c.id = n.channel_id
      where n.cluster_id = $1 and (n.state in ('waiting', 'dead') or (n.state = 'sent' and n.problem is not null))
        and n.told ->> 'ruleId' <> 'notifications-undelivered'`,
    [clusterId],
  )
  return rows[0] ?? allDelivered
}
