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

-- The same append in one statement: an act waits for less.
create or replace function audit_append(
  actor_id text,
  actor_name text,
  actor_kind text,
  action text,
  target text,
  cluster_id uuid,
  cluster_name text,
  reason text,
  outcome text,
  operation_id uuid,
  detail jsonb
) returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  appended bigint;
begin
  -- The lock lasts until commit, so numbers are given in the order of commits and a rollback leaves no gap. What is volatile is read after it.
  with head as materialized (
    select h.seq, h.hash from public.audit_head h where h.id = 1 for update
  ), numbered as materialized (
    select head.seq + 1 as seq, head.hash as previous, clock_timestamp() as at from head
  ), written as materialized (
    select n.seq, n.previous, n.at, jsonb_build_object(
      'seq', n.seq,
      'at', to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'actorId', audit_append.actor_id,
      'actorName', audit_append.actor_name,
      'actorKind', audit_append.actor_kind,
      'action', audit_append.action,
      'target', audit_append.target,
      'clusterId', audit_append.cluster_id,
      'clusterName', audit_append.cluster_name,
      'reason', audit_append.reason,
      'outcome', audit_append.outcome,
      'operationId', audit_append.operation_id,
      'detail', audit_append.detail
    )::text as canonical
    from numbered n
  ), hashed as materialized (
    select w.*, encode(sha256(convert_to(w.previous || w.canonical, 'UTF8')), 'hex') as hash from written w
  ), kept as (
    insert into public.audit_event
    select seq, at, audit_append.actor_id, audit_append.actor_name, audit_append.actor_kind, audit_append.action, audit_append.target,
      audit_append.cluster_id, audit_append.cluster_name, audit_append.reason, audit_append.outcome, audit_append.operation_id,
      audit_append.detail, canonical, previous, hash
    from hashed
  )
  update public.audit_head h set seq = hashed.seq, hash = hashed.hash from hashed where h.id = 1 returning h.seq into strict appended;
  return appended;
end
$$;
