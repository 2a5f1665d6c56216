-- CreateTable
CREATE TABLE "stack_view" (
    "cluster_id" UUID NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL,
    "body" JSON NOT NULL,

    CONSTRAINT "stack_view_pkey" PRIMARY KEY ("cluster_id")
);

-- AddForeignKey
ALTER TABLE "stack_view" ADD CONSTRAINT "stack_view_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table stack_view
  -- Far above what a worker keeps: one that errs must not fill the store.
  add constraint stack_view_bounded check (pg_column_size(body) <= 16777216);
