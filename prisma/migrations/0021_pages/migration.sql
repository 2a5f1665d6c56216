-- AlterTable
ALTER TABLE "notification" ADD COLUMN "dismissed_at" TIMESTAMPTZ(6),
ADD COLUMN "dismissed_by" TEXT;

-- Whatever two workers plan at once: under each key an alert is told to have ended once, and acknowledged once, on each channel.
drop index notification_one_end;
create unique index notification_one_end on notification (channel_id, alert_id, dedup_key, kind)
  where kind in ('resolve', 'acknowledge') and state <> 'dropped';

-- When a channel delivered last: whether it does since something was given up.
create index notification_delivered on notification (channel_id, sent_at) where state = 'sent';

-- A page tells of all alerts of its incident.
alter table notification drop constraint notification_bounded;
alter table notification
  add constraint notification_bounded check (pg_column_size(told) <= 32768 and length(response) <= 1000 and length(problem) <= 2000);
