-- CreateTable
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "cluster_id" UUID NOT NULL,
    "node" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "identity_key" TEXT NOT NULL,
    "certificate_pin" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'enrolled',
    "locked_reason" TEXT,
    "seen_at" TIMESTAMPTZ(6),
    "problem" TEXT,
    "problem_since" TIMESTAMPTZ(6),
    "is_problem_told" BOOLEAN NOT NULL DEFAULT false,
    "stanza" TEXT,
    "vetoed" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "clock_skew_ms" INTEGER,
    "refusals_told_at" TIMESTAMPTZ(6),
    "enrolled_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "enrolled_by" TEXT NOT NULL,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_invitation" (
    "id" UUID NOT NULL,
    "cluster_id" UUID NOT NULL,
    "node" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "sealed" BYTEA,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "refusal" TEXT,
    "problem" TEXT,

    CONSTRAINT "agent_invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "agent_cluster_id_node_key" ON "agent"("cluster_id", "node");

-- CreateIndex
CREATE INDEX "agent_invitation_cluster_id_created_at_idx" ON "agent_invitation"("cluster_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_invitation" ADD CONSTRAINT "agent_invitation_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table agent
  add constraint agent_state_known check (state in ('enrolled', 'locked')),
  add constraint agent_lock_explained check ((state = 'locked') = (locked_reason is not null)),
  add constraint agent_problem_dated check ((problem is null) = (problem_since is null));

alter table agent set (fillfactor = 50);

-- One invitation is open for a node at a time.
create unique index agent_invitation_one_open on agent_invitation (cluster_id, node) where ended_at is null;

alter table agent_invitation
  add constraint agent_invitation_outcome_known check (outcome in ('enrolled', 'cancelled', 'replaced', 'expired')),
  add constraint agent_invitation_ended check ((ended_at is null) = (outcome is null)),
  add constraint agent_invitation_secret_forgotten check ((ended_at is null) = (sealed is not null));

create function agent_invitation_refuse() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'an invitation that has ended stays so' using errcode = 'insufficient_privilege';
end
$$;

-- Used once: whoever holds the web tier cannot open it again.
create trigger agent_invitation_ended_once before update of ended_at, outcome, sealed on agent_invitation
  for each row when (old.ended_at is not null) execute function agent_invitation_refuse();
