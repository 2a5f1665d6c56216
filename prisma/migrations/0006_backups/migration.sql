-- CreateTable
CREATE TABLE "backup_view" (
    "cluster_id" UUID NOT NULL,
    "taken_at" TIMESTAMPTZ(6),
    "body" JSONB,
    "problem" TEXT,
    "problem_since" TIMESTAMPTZ(6),

    CONSTRAINT "backup_view_pkey" PRIMARY KEY ("cluster_id")
);

-- AddForeignKey
ALTER TABLE "backup_view" ADD CONSTRAINT "backup_view_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table backup_view
  add constraint backup_view_dated check ((body is null) = (taken_at is null)),
  add constraint backup_view_problem_dated check ((problem is null) = (problem_since is null)),
  -- Far above what a worker keeps: one that errs must not fill the store.
  add constraint backup_view_bounded check (pg_column_size(body) <= 16777216);
