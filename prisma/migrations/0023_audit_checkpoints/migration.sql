-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_witness" (
    "name" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "problem" TEXT,
    "problem_since" TIMESTAMPTZ(3),

    CONSTRAINT "audit_witness_pkey" PRIMARY KEY ("name")
);

-- What was signed stays as it was, as the records do.
create trigger audit_checkpoint_kept before update or delete or truncate on audit_checkpoint
  for each statement execute function audit_refuse();
alter table audit_checkpoint enable always trigger audit_checkpoint_kept;
