import type { OperationKind } from '#domain/operation/operation.ts'

/** What a policy can ask approvals for. */
export type PolicyAct = (typeof policyActs)[number]

export const policyActs = [
  'switchover',
  'failover',
  'restore',
  'reinitialise',
  'rehearsal',
  'release',
  'expire',
  'set-up-repository',
  'end-session',
  'pooler',
  'haproxy',
  'remove-cluster',
] as const

/** Each as a person reads it in a sentence: "a switchover". */
export const policyActWords = {
  switchover: 'a switchover',
  failover: 'a failover to a named member',
  restore: 'a recovery in place',
  reinitialise: 'copying a replica anew',
  rehearsal: 'a rehearsal of a recovery',
  release: 'letting kept data go',
  expire: 'expiring old backups',
  'set-up-repository': 'setting up a repository',
  'end-session': 'ending a statement or session',
  pooler: 'a command to poolers, or a pause of them',
  haproxy: 'a command to HAProxy',
  'remove-cluster': 'removing a cluster from the console',
} as const satisfies Record<PolicyAct, string>

/** The act that an operation of this kind is to a policy; null = no policy can govern it, for it takes nothing away. */
export function policyActOf(kind: OperationKind): PolicyAct | null {
  return acts[kind]
}

const acts = {
  switchover: 'switchover',
  failover: 'failover',
  'schedule-switchover': 'switchover',
  // It only calls off what is to come.
  'cancel-scheduled-switchover': null,
  restore: 'restore',
  reinitialise: 'reinitialise',
  rehearsal: 'rehearsal',
  'release-kept-data': 'release',
  backup: null,
  'repository-check': null,
  'repository-verify': null,
  'repository-expire': 'expire',
  'stanza-create': 'set-up-repository',
  'signal-backend': 'end-session',
  'pooler-command': 'pooler',
  'pooler-pause': 'pooler',
  'haproxy-command': 'haproxy',
  'remove-cluster': 'remove-cluster',
} as const satisfies Record<OperationKind, PolicyAct | null>
