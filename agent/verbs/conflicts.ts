import { isVerb, type VerbName } from '#agent/protocol/verbs.ts'

/** True for two verbs of which a node can do but one at a time. */
export function isConflict(one: string, other: string): boolean {
  if (!isVerb(one) || !isVerb(other)) return one === other
  const kind = kinds[one]
  return kind !== null && kind === kinds[other]
}

type Kind = 'node' | 'repository' | 'verify' | 'check' | 'stop' | 'clients' | 'pause' | 'rehearsal' | 'wal'

/**
 * `node`: what changes the data folder, or who serves it. `repository`: what pgBackRest locks. Stopping Postgres has a kind of
 * its own: it must be possible while a recovery is waited for.
 */
const kinds: Record<VerbName, Kind | null> = {
  facts: null,
  'job-state': null,
  'job-cancel': null,
  'log-tail': null,
  'pgbackrest-info': null,
  'pgbackrest-repo-ls': null,
  'pgbackrest-history': null,
  'pgbackrest-check': 'check',
  'pgbackrest-stanza-create': 'repository',
  'pgbackrest-backup': 'repository',
  'pgbackrest-expire': 'repository',
  'pgbackrest-verify': 'verify',
  'pgbackrest-restore': 'node',
  'clients-state': null,
  'clients-fence': 'clients',
  'clients-release': 'clients',
  // A resume must be possible while a pause is waited for.
  'pooler-pause': 'pause',
  'pooler-command': 'clients',
  'postgres-mark-wal': null,
  'patroni-stop': 'node',
  'patroni-start': 'node',
  'patroni-mask': 'node',
  'patroni-unmask': 'node',
  'postgres-recover-start': 'node',
  'postgres-promote': 'node',
  'postgres-retarget': 'node',
  'postgres-query': null,
  'postgres-tables': null,
  'wal-commits': 'wal',
  'wal-count': 'wal',
  'data-kept': null,
  'rehearsal-restore': 'rehearsal',
  'rehearsal-start': 'rehearsal',
  'rehearsal-status': null,
  'rehearsal-amcheck': 'rehearsal',
  'rehearsal-dump': 'rehearsal',
  'rehearsal-fetch': null,
  'rehearsal-discard': 'rehearsal',
  'postgres-recovery-status': null,
  'postgres-stop': 'stop',
  'postgres-controldata': null,
  'data-move-aside': 'node',
  'data-put-back': 'node',
  'data-discard': 'node',
}
