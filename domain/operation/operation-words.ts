import type { OperationKind } from './operation.ts'

/** What somebody is doing by an operation, to follow `has been`: `switching over`. */
export function verbOf(kind: OperationKind): string {
  return verbs[kind]
}

const verbs = {
  switchover: 'switching over',
  failover: 'failing over',
  'schedule-switchover': 'scheduling a switchover',
  'cancel-scheduled-switchover': 'cancelling the scheduled switchover',
  backup: 'taking a backup',
  restore: 'recovering to an earlier moment',
  rehearsal: 'rehearsing a recovery',
  'repository-check': 'checking a repository',
  'repository-verify': 'verifying a repository',
  'repository-expire': 'expiring old backups',
  'stanza-create': 'setting up a repository',
  'release-kept-data': 'letting kept data go',
  'remove-cluster': 'removing the cluster from the console',
  'signal-backend': 'ending what a session does',
  'pooler-command': 'commanding poolers',
  'pooler-pause': 'holding clients back at poolers',
  reinitialise: 'copying a replica anew',
  'haproxy-command': 'draining a server of HAProxy, or putting one back,',
} as const satisfies Record<OperationKind, string>
