import { type VerbName, verbs } from '#agent/protocol/verbs.ts'

/** Names that stand for several verbs in the `[veto]` table of `agent.toml`. */
export const vetoFamilies = {
  backup: ['pgbackrest-backup', 'pgbackrest-check', 'pgbackrest-stanza-create', 'pgbackrest-verify'],
  expire: ['pgbackrest-expire'],
  restore: [
    'pgbackrest-restore',
    'postgres-recover-start',
    'postgres-promote',
    'postgres-retarget',
    'postgres-stop',
    'data-move-aside',
    'data-put-back',
    'data-discard',
  ],
  patroni: ['patroni-stop', 'patroni-start', 'patroni-mask', 'patroni-unmask'],
  postgres: ['postgres-mark-wal', 'postgres-recover-start', 'postgres-promote', 'postgres-retarget', 'postgres-stop'],
  clients: ['clients-fence', 'clients-release', 'pooler-pause', 'pooler-command'],
  pooler: ['pooler-pause', 'pooler-command'],
  query: ['postgres-query', 'postgres-tables'],
  rehearsal: [
    'rehearsal-restore',
    'rehearsal-start',
    'rehearsal-status',
    'rehearsal-amcheck',
    'rehearsal-dump',
    'rehearsal-fetch',
    'rehearsal-discard',
  ],
  wal: ['wal-commits', 'wal-count'],
  data: ['data-move-aside', 'data-put-back', 'data-discard'],
  jobs: ['job-cancel'],
  logs: ['log-tail'],
} as const satisfies Record<string, readonly VerbName[]>

/** True for a verb or a family: what a veto may name. */
export function canBeVetoed(name: string): boolean {
  return Object.hasOwn(verbs, name) || Object.hasOwn(vetoFamilies, name)
}

/** The verbs that these vetoes forbid, each once. */
export function vetoedVerbs(names: readonly string[]): string[] {
  const families = new Map<string, readonly string[]>(Object.entries(vetoFamilies))
  return [...new Set(names.flatMap((name) => families.get(name) ?? [name]))]
}
