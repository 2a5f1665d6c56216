/** Statements that leave the web role with exactly these rights; a table that is not named here is closed to it. */
export function webGrants(role: string, hasDbos: boolean): string[] {
  const granted = Object.entries(tables).map(([table, rights]) => [`public.${table}`, rights] as [string, string[]])
  if (hasDbos)
    granted.push(
      ...Object.entries(dbosTables).map(([table, rights]) => [`dbos.${table}`, rights] as [string, string[]]),
    )
  return [
    'revoke create on schema public from public',
    `revoke all on all tables in schema public from ${role}`,
    ...(hasDbos ? [`revoke all on all tables in schema dbos from ${role}`] : []),
    `grant usage on schema public to ${role}`,
    ...granted.map(([table, rights]) => `grant ${rights.join(', ')} on ${table} to ${role}`),
    ...sequences.map((sequence) => `grant usage on sequence public.${sequence} to ${role}`),
    `grant execute on function public.audit_append(text, text, text, text, text, uuid, text, text, text, uuid, jsonb) to ${role}`,
    `grant execute on function public.set_samples_retention(jsonb) to ${role}`,
    ...(hasDbos ? [`grant usage on schema dbos to ${role}`] : []),
  ]
}

const all = ['select', 'insert', 'update', 'delete']

const tables: Record<string, string[]> = {
  _prisma_migrations: ['select'],
  // Removed by a worker alone, which looks first whether a policy wants two persons; nor may one take the place of another.
  cluster: ['select', 'insert', 'update (name, labels, endpoints, scope, system_identifier, is_standby, updated_at)'],
  // What is sealed for the workers can be written and never read again.
  secret: [
    'select (id, cluster_id, name, updated_at)',
    'insert (cluster_id, name, sealed, updated_at)',
    'update (sealed, updated_at)',
    'delete',
  ],
  latest_snapshot: ['select'],
  hourly_snapshot: ['select'],
  event: ['select'],
  worker: ['select'],
  cluster_lease: ['select'],
  cluster_epoch: ['select'],
  // What a request says; how far it came and how it ended is the workers' to say.
  operation: [
    'select',
    'insert (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name, idempotency_key, requested_at, approval_need, is_break_glass)',
    'update (cancel_asked_by)',
  ],
  // Who approves, and what needs it, is written by a worker that has checked the proof.
  approval: ['select'],
  approval_policy: ['select'],
  operation_decision: ['select', 'insert (operation_id, n, way, target, reason, decided_by)'],
  operation_step: ['select', 'insert (operation_id, n, name, title, state)'],
  audit_event: ['select'],
  audit_head: ['select'],
  audit_checkpoint: ['select'],
  audit_witness: ['select'],
  app_user: all,
  app_grant: ['select', 'insert', 'delete'],
  invitation: all,
  app_session: all,
  sign_in_attempt: all,
  allowance: all,
  identity: all,
  group_mapping: all,
  group_grant: all,
  oidc_used: ['select', 'insert', 'delete'],
  oidc_session: ['select', 'insert'],
  idempotent_request: all,
  // What a person proves himself with is the workers' to write, and what an authenticator app shares theirs alone to read.
  factor: [
    'select (id, user_id, kind, name, credential_id, public_key, rp_id, registered_at, vouched_by, vouched_at, removed_at)',
  ],
  factor_use: ['select', 'insert', 'update (counter, used_at)'],
  spent_challenge: ['select', 'insert'],
  recovery_code: ['select', 'insert', 'update (used_at)', 'delete'],
  sign_in_policy: ['select', 'update (second_factor, changed_at, changed_by)'],
  api_token: all,
  // A token keeps what it was made with.
  api_token_grant: ['select', 'insert'],
  // Who is trusted is for the workers to say; trust can be taken away, as removing the cluster does as well.
  agent: ['select', 'delete'],
  node_sight: ['select'],
  agent_invitation: [
    'select (id, cluster_id, node, address, token_hash, created_by, created_at, expires_at, ended_at, outcome, refusal, problem)',
    'insert (id, cluster_id, node, address, token_hash, sealed, created_by, expires_at)',
    'update (sealed, ended_at, outcome)',
  ],
  backup_view: ['select'],
  stack_view: ['select'],
  schedule: all,
  // How a run came about is the workers' to say.
  scheduled_run: ['select'],
  sample_series: ['select'],
  sample: ['select'],
  sample_minute: ['select'],
  sample_ten_minutes: ['select'],
  sample_hour: ['select'],
  sample_day: ['select'],
  sample_roll_up: ['select'],
  inquiry: [
    'select (id, kind, input, asked_by, asked_at, expires_at, taken_at, answered_at, answer, problem)',
    'insert (id, kind, input, sealed, asked_by, expires_at)',
  ],
  setting: ['select'],
  // What was found is the workers' to say; people say that they know of it, and for how long they want to hear nothing.
  alert: ['select'],
  incident: ['select', 'update (acknowledged_at, acknowledged_by)'],
  incident_log_line: ['select'],
  incident_log_source: ['select'],
  incident_log_look: ['select'],
  incident_note: ['select', 'insert (incident_id, text, written_by)'],
  silence: ['select', 'insert (cluster_id, rule_id, subject, reason, created_by, ends_at)', 'update (ends_at)'],
  rule_override: all,
  alert_engine_beat: ['select'],
  // What was measured is the workers' to say; what it is held to, people set.
  availability_standing: ['select'],
  availability_stretch: ['select'],
  availability_target: ['select', 'insert', 'update'],
  share_link: [
    'select',
    'insert (kind, title, token_hash, created_by, expires_at)',
    'update (revoked_at, revoked_by, views, last_viewed_at)',
  ],
  share_link_cluster: ['select', 'insert'],
  share_attempt: all,
  // A window cannot be moved, nor what was told of it be unsaid.
  maintenance_window: [
    'select',
    'insert (cluster_id, label, reason, owner_id, owner_name, forbids, starts_at, ends_at)',
    'update (ends_at, ended_at, ended_by, told_ending_at)',
  ],
  channel: [
    'select',
    'insert (name, kind, settings, send_resolved, is_paused, created_by)',
    'update (name, settings, send_resolved, is_paused, updated_at)',
    'delete',
  ],
  // As with the secrets of clusters.
  channel_secret: [
    'select (channel_id, updated_at)',
    'insert (channel_id, sealed, updated_at)',
    'update (sealed, updated_at)',
    'delete',
  ],
  channel_hold: ['select'],
  route: all,
  // What is told is the workers' to say; people have what was given up tried again, or say that it needs nothing more.
  notification: ['select', 'update (state, is_open, attempts, next_attempt_at, dismissed_at, dismissed_by)'],
}

const sequences = ['sign_in_attempt_id_seq']

// What DBOSClient.enqueueInTransaction touches, and no more: a run cannot be read, changed or ended with it.
const dbosTables: Record<string, string[]> = {
  workflow_status: [
    'select (workflow_uuid, status, name, class_name, config_name, queue_name, executor_id, creator_xid, serialization)',
    'insert',
    'update (creator_xid)',
  ],
  workflow_input: ['select (workflow_uuid)', 'insert'],
}
