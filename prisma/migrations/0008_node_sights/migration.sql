-- CreateTable
CREATE TABLE "node_sight" (
    "agent_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL,
    "data_free_bytes" BIGINT,
    "kept_aside" JSONB NOT NULL DEFAULT '[]',
    "replica_methods" TEXT[],

    CONSTRAINT "node_sight_pkey" PRIMARY KEY ("agent_id")
);

-- AddForeignKey
ALTER TABLE "node_sight" ADD CONSTRAINT "node_sight_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An agent that errs must not fill the store.
alter table node_sight
  add constraint node_sight_bounded check (pg_column_size(kept_aside) <= 65536 and pg_column_size(replica_methods) <= 65536);
