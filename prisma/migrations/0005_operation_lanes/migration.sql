-- AlterTable
ALTER TABLE "operation" ADD COLUMN "lane" TEXT NOT NULL DEFAULT 'lead';

alter table operation add constraint operation_lane_known check (lane in ('lead', 'backup'));

-- A backup of hours must not hold up whoever has to move the lead: one operation acts on a cluster in each lane.
drop index operation_one_active;
create unique index operation_one_active on operation (cluster_id, lane) where state in ('planned', 'running', 'waiting');
