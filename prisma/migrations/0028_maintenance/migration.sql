-- CreateTable
CREATE TABLE "maintenance_window" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "cluster_id" UUID,
    "label" TEXT,
    "reason" TEXT NOT NULL,
    "owner_id" TEXT,
    "owner_name" TEXT NOT NULL,
    "forbids" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "told_start_at" TIMESTAMPTZ(3),
    "told_ending_at" TIMESTAMPTZ(3),
    "told_end_at" TIMESTAMPTZ(3),

    CONSTRAINT "maintenance_window_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "maintenance_window_ends_at_idx" ON "maintenance_window"("ends_at");

-- AddForeignKey
ALTER TABLE "maintenance_window" ADD CONSTRAINT "maintenance_window_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table maintenance_window
  add constraint maintenance_window_over_one check ((cluster_id is null) <> (label is null)),
  add constraint maintenance_window_in_order check (ends_at > starts_at),
  add constraint maintenance_window_forbids_known check (forbids in ('nothing', 'acts-of-others')),
  add constraint maintenance_window_reason_given check (btrim(reason) <> '');

-- What has not been told to its end yet.
create index maintenance_window_untold on maintenance_window (starts_at) where told_end_at is null;
