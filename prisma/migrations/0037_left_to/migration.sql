-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "left_to" TEXT[] DEFAULT ARRAY[]::TEXT[];

alter table notification alter column left_to set not null;

-- Asked for each cluster every few seconds: what was sent and did not reach everybody counts too.
drop index notification_undelivered;
create index notification_undelivered on notification (cluster_id)
  where state in ('waiting', 'dead') or (state = 'sent' and problem is not null);
