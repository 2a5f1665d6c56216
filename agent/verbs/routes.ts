import type { VerbName } from '#agent/protocol/verbs.ts'

/**
 * Who does a verb. `agent`: the agent in its own process. `service`: a program of agent.toml that stops or starts Patroni.
 * `pgbackrest` and `machine`: the Postgres user, through `run-verb`: a program, or functions of ours.
 */
export const routes = {
  facts: 'machine',
  'job-state': 'agent',
  'job-cancel': 'agent',
  'log-tail': 'machine',
  'pgbackrest-info': 'pgbackrest',
  'pgbackrest-repo-ls': 'pgbackrest',
  'pgbackrest-history': 'pgbackrest',
  'pgbackrest-check': 'pgbackrest',
  'pgbackrest-stanza-create': 'pgbackrest',
  'pgbackrest-backup': 'pgbackrest',
  'pgbackrest-expire': 'pgbackrest',
  'pgbackrest-verify': 'pgbackrest',
  'pgbackrest-restore': 'pgbackrest',
  'clients-state': 'machine',
  'clients-fence': 'machine',
  'clients-release': 'machine',
  'pooler-pause': 'machine',
  'pooler-command': 'machine',
  'postgres-mark-wal': 'machine',
  'patroni-stop': 'service',
  'patroni-start': 'service',
  'patroni-mask': 'service',
  'patroni-unmask': 'service',
  'postgres-recover-start': 'machine',
  'postgres-promote': 'machine',
  'postgres-retarget': 'machine',
  'postgres-query': 'machine',
  'postgres-tables': 'machine',
  'wal-commits': 'machine',
  'wal-count': 'machine',
  'data-kept': 'machine',
  'rehearsal-restore': 'machine',
  'rehearsal-start': 'machine',
  'rehearsal-status': 'machine',
  'rehearsal-amcheck': 'machine',
  'rehearsal-dump': 'machine',
  'rehearsal-fetch': 'machine',
  'rehearsal-discard': 'machine',
  'postgres-recovery-status': 'machine',
  'postgres-stop': 'machine',
  'postgres-controldata': 'machine',
  'data-move-aside': 'machine',
  'data-put-back': 'machine',
  'data-discard': 'machine',
} as const satisfies Record<VerbName, 'agent' | 'service' | 'pgbackrest' | 'machine'>

type Routed<R> = { [N in VerbName]: (typeof routes)[N] extends R ? N : never }[VerbName]

export type PgbackrestVerb = Routed<'pgbackrest'>
export type MachineVerb = Routed<'machine'>
export type ServiceVerb = Routed<'service'>

export function isPgbackrestVerb(name: VerbName): name is PgbackrestVerb {
  return routes[name] === 'pgbackrest'
}

export function isMachineVerb(name: VerbName): name is MachineVerb {
  return routes[name] === 'machine'
}

export function isServiceVerb(name: VerbName): name is ServiceVerb {
  return routes[name] === 'service'
}
