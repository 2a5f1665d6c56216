-- CreateTable
CREATE TABLE "approval_policy" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "scope_kind" TEXT NOT NULL,
    "scope_label" TEXT,
    "scope_cluster_id" UUID,
    "acts" TEXT[],
    "approvals" INTEGER NOT NULL,
    "counts_for_seconds" INTEGER NOT NULL DEFAULT 3600,
    "run_within_seconds" INTEGER NOT NULL DEFAULT 900,
    "allows_break_glass" BOOLEAN NOT NULL DEFAULT true,
    "changed_by_id" TEXT NOT NULL,
    "changed_by_name" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "operation_id" UUID NOT NULL,
    "approver_id" UUID NOT NULL,
    "approver_name" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "factor_id" TEXT NOT NULL,
    "plan_hash" TEXT NOT NULL,
    "leader" TEXT NOT NULL,
    "timeline" INTEGER,
    "system_identifier" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("operation_id","approver_id")
);

-- AlterTable
ALTER TABLE "operation" ADD COLUMN "approval_need" JSONB,
ADD COLUMN "is_break_glass" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "released_at" TIMESTAMPTZ(6);

-- AddForeignKey
ALTER TABLE "approval_policy" ADD CONSTRAINT "approval_policy_scope_cluster_id_fkey" FOREIGN KEY ("scope_cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

create unique index approval_policy_name on approval_policy (lower(name));

alter table approval_policy
  add constraint approval_policy_scope_whole check (
    (scope_kind = 'all' and scope_label is null and scope_cluster_id is null)
    or (scope_kind = 'label' and scope_label is not null and scope_cluster_id is null)
    or (scope_kind = 'cluster' and scope_label is null and scope_cluster_id is not null)
  ),
  add constraint approval_policy_approvals_known check (approvals in (1, 2)),
  add constraint approval_policy_acts_given check (cardinality(acts) > 0),
  add constraint approval_policy_counts_for check (counts_for_seconds between 300 and 86400),
  add constraint approval_policy_run_within check (run_within_seconds between 60 and 14400);

alter table approval
  add constraint approval_decision_known check (decision in ('approve', 'reject')),
  add constraint approval_reject_says_why check (decision = 'approve' or btrim(reason) <> '');

-- What was decided stays as it was.
create trigger approval_kept before update or truncate on approval
  for each statement execute function audit_refuse();
alter table approval enable always trigger approval_kept;

-- What waits for approval holds no lane: it is not under way until a worker releases it.
alter table operation
  drop constraint operation_state_known,
  add constraint operation_state_known check (
    state in ('proposed', 'planned', 'running', 'waiting', 'succeeded', 'failed', 'refused', 'cancelled', 'unknown')
  ),
  drop constraint operation_ended,
  add constraint operation_ended check ((ended_at is null) = (state in ('proposed', 'planned', 'running', 'waiting'))),
  add constraint operation_proposed_needs check (state <> 'proposed' or approval_need is not null);

create index operation_proposed on operation (requested_at) where state = 'proposed';
create index operation_break_glass on operation (cluster_id, requested_at) where is_break_glass;

-- A label by which a policy governs a cluster is taken off by who may change the policy, not by the web tier.
create function cluster_label_governs() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  lost text;
begin
  select p.scope_label into lost from public.approval_policy p
   where p.scope_kind = 'label' and p.scope_label = any (old.labels) and not p.scope_label = any (new.labels) limit 1;
  if lost is not null then
    raise exception 'the label % is named by an approval policy', lost using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

create trigger cluster_label_kept before update of labels on cluster
  for each row execute function cluster_label_governs();
