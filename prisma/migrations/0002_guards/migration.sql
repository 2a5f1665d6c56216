-- At most one operation acts on a cluster; the loser of a race is told by this index, not by application code.
create unique index operation_one_active on operation (cluster_id) where state in ('planned', 'running', 'waiting');

-- Names are told apart by people, who do not see case.
create unique index cluster_name_any_case on cluster (lower(name));

-- A question still to be taken up.
create index inquiry_open on inquiry (asked_at) where taken_at is null;

alter table operation
  add constraint operation_state_known check (
    state in ('planned', 'running', 'waiting', 'succeeded', 'failed', 'refused', 'cancelled', 'unknown')
  ),
  add constraint operation_ended check ((ended_at is null) = (state in ('planned', 'running', 'waiting'))),
  add constraint operation_reason_given check (btrim(reason) <> '');

alter table operation_step
  add constraint operation_step_state_known check (
    state in ('pending', 'intent', 'running', 'done', 'failed', 'unknown', 'skipped')
  );

alter table app_user
  add constraint app_user_role_known check (role in ('viewer', 'operator', 'admin')),
  add constraint app_user_email_lower check (email = lower(email));

alter table api_token add constraint api_token_role_known check (role in ('viewer', 'operator', 'admin'));

alter table event add constraint event_severity_known check (severity in ('critical', 'warning', 'info'));

alter table latest_snapshot
  add constraint latest_snapshot_level_known check (level in ('healthy', 'degraded', 'at-risk', 'down', 'unseen'));

-- A secret is sealed for the workers, or kept under their key, or both while a newly typed one waits to be taken over.
alter table secret
  add constraint secret_name_known check (
    name in ('patroni-password', 'etcd-password', 'haproxy-password', 'postgres-password')
  ),
  add constraint secret_kept_whole check (
    (ciphertext is null and nonce is null and tag is null and key_id is null)
    or (ciphertext is not null and nonce is not null and tag is not null and key_id is not null)
  ),
  add constraint secret_not_empty check (sealed is not null or ciphertext is not null);

-- Rewritten every few seconds: room on the page keeps the updates off the indexes.
alter table latest_snapshot set (fillfactor = 50);
alter table worker set (fillfactor = 50);
alter table cluster_lease set (fillfactor = 50);

-- The audit chain.
alter table audit_head add constraint audit_head_one_row check (id = 1);
insert into audit_head (id, seq, hash) values (1, 0, repeat('0', 64));

alter table audit_event
  add constraint audit_event_actor_known check (actor_kind in ('user', 'token', 'console')),
  add constraint audit_event_outcome_known check (
    outcome in ('done', 'requested', 'refused', 'failed', 'unknown', 'cancelled')
  );

create function audit_append(
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
  head public.audit_head;
  next_seq bigint;
  recorded_at timestamptz;
  canonical text;
  next_hash text;
begin
  -- The lock lasts until commit, so numbers are given in the order of commits and a rollback leaves no gap.
  select * into strict head from public.audit_head where id = 1 for update;
  next_seq := head.seq + 1;
  recorded_at := clock_timestamp();
  canonical := jsonb_build_object(
    'seq', next_seq,
    'at', to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actorId', actor_id,
    'actorName', actor_name,
    'actorKind', actor_kind,
    'action', action,
    'target', target,
    'clusterId', cluster_id,
    'clusterName', cluster_name,
    'reason', reason,
    'outcome', outcome,
    'operationId', operation_id,
    'detail', detail
  )::text;
  next_hash := encode(sha256(convert_to(head.hash || canonical, 'UTF8')), 'hex');
  insert into public.audit_event values (
    next_seq, recorded_at, actor_id, actor_name, actor_kind, action, target, cluster_id, cluster_name,
    reason, outcome, operation_id, detail, canonical, head.hash, next_hash
  );
  update public.audit_head set seq = next_seq, hash = next_hash where id = 1;
  return next_seq;
end
$$;

revoke all on function audit_append(text, text, text, text, text, uuid, text, text, text, uuid, jsonb) from public;

create function audit_refuse() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'audit records are kept for ever: % is refused', tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_kept before update or delete or truncate on audit_event
  for each statement execute function audit_refuse();
create trigger audit_head_kept before delete or truncate on audit_head
  for each statement execute function audit_refuse();

-- Also for a session that replays changes and skips ordinary triggers.
alter table audit_event enable always trigger audit_event_kept;
alter table audit_head enable always trigger audit_head_kept;
