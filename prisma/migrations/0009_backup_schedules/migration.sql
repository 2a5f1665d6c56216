-- CreateTable
CREATE TABLE "schedule" (
    "cluster_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "is_enabled" BOOLEAN NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("cluster_id","kind")
);

-- CreateTable
CREATE TABLE "scheduled_run" (
    "cluster_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "type" TEXT,
    "state" TEXT NOT NULL,
    "sentence" TEXT,
    "operation_id" UUID,
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scheduled_run_pkey" PRIMARY KEY ("cluster_id","kind","due_at")
);

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_run" ADD CONSTRAINT "scheduled_run_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table schedule
  add constraint schedule_kind_known check (kind in ('backup', 'rehearsal')),
  add constraint schedule_bounded check (pg_column_size(body) <= 65536);

alter table scheduled_run
  add constraint scheduled_run_kind_known check (kind in ('backup', 'rehearsal')),
  add constraint scheduled_run_type_known check (type is null or type in ('full', 'diff', 'incr')),
  add constraint scheduled_run_state_known check (state in ('waiting', 'begun', 'covered', 'missed')),
  add constraint scheduled_run_begun_by check ((state = 'begun') = (operation_id is not null));
