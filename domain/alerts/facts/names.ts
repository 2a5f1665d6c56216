import type { FactScope } from '#domain/alerts/rule.ts'
import { number, word, yes, type Definitions } from './definition.ts'
import { clusterNames } from './names-of-cluster.ts'
import { memberNames } from './names-of-member.ts'

/** A pool of a pooler: one database and user. */
const poolNames = {
  mode: word('mode', ['session', 'transaction', 'statement']),
  busy: number('ratio', 'servers in use of its size'),
  opened: number('ratio', 'servers open of its size and reserve'),
  clientsActive: number('count', 'clients'),
  clientsWaiting: number('count', 'clients waiting for a server'),
  maxWaitSeconds: number('seconds', 'longest wait for a server'),
  databaseUse: number('ratio', 'connections of the limit of its database'),
} as const satisfies Definitions

/** A replication slot of the leader. */
const slotNames = {
  type: word('kind', ['physical', 'logical']),
  isActive: yes('somebody reads it'),
  walStatus: word('whether its WAL is kept', ['reserved', 'extended', 'unreserved', 'lost']),
  retainedBytes: number('bytes', 'WAL held by it'),
  safeBytes: number('bytes', 'WAL that may be written before it is lost'),
  isInvalid: yes('it was invalidated'),
} as const satisfies Definitions

/** A database of the leader. */
const databaseNames = {
  sizeBytes: number('bytes', 'size'),
  xidAge: number('transactions', 'oldest transaction id'),
  mxidAge: number('transactions', 'oldest multixact id'),
} as const satisfies Definitions

const etcdMemberNames = {
  answers: yes('it answers'),
  isLeader: yes('leads etcd'),
  isLearner: yes('has no vote'),
  isUnstarted: yes('was added and never started'),
  dbBytes: number('bytes', 'size'),
  dbUse: number('ratio', 'size of the quota'),
  answerMs: number('ms', 'time to answer'),
  applyBehind: number('count', 'entries not yet applied'),
} as const satisfies Definitions

const repositoryNames = {
  isUsable: yes('pgBackRest finds nothing wrong with it'),
  backups: number('count', 'backups in it'),
  backupAgeSeconds: number('seconds', 'age of its newest backup'),
} as const satisfies Definitions

/** What the console itself sees of a cluster: always known. */
const consoleNames = {
  sight: word('what the console sees', ['clear', 'partial', 'blind', 'stale']),
  isEtcdUnseen: yes('etcd is there and this console does not reach it'),
  isHaproxyUnseen: yes('HAProxy is there and its statistics do not answer'),
  areBackupsUnseen: yes('agents are there and nobody tells of the backups'),
  statisticsUnseen: number('count', 'members that answer and whose Postgres gives no statistics'),
  poolersUnseen: number('count', 'poolers that answer and give no statistics'),
  unknownSeconds: number('seconds', 'longest time for which nobody can tell whether a firing alert still holds'),
  deadNotifications: number(
    'count',
    'notifications about it that were given up within a day, and nothing arrived on their channel since',
  ),
  notificationWaitSeconds: number('seconds', 'longest time for which a notification about it waits to be told'),
  decisionWaitSeconds: number('seconds', 'longest time for which an operation waits for a decision'),
  approvalsWaiting: number('count', 'requests that wait for approval'),
  glassBroken: number('count', 'operations of the last day that one person ran alone'),
  policiesWeakened: number(
    'count',
    'times within the last day that a policy for approvals was taken away or made milder',
  ),
  isAuditDisputed: yes('somebody outside the store holds what the audit log contradicts'),
} as const satisfies Definitions

/** All names that rules may use, by their scope. */
export const factNames = {
  cluster: clusterNames,
  member: memberNames,
  pool: poolNames,
  slot: slotNames,
  database: databaseNames,
  'etcd-member': etcdMemberNames,
  repository: repositoryNames,
  console: consoleNames,
} as const satisfies Record<FactScope, Definitions>

/** What a name stands for in a scope; undefined where there is none. */
export function definitionOf(scope: FactScope, name: string): Definitions[string] | undefined {
  const names: Definitions = factNames[scope]
  return Object.hasOwn(names, name) ? names[name] : undefined
}

type Value<D> = D extends { type: 'number' } ? number : D extends { type: 'boolean' } ? boolean : string

/** Every fact of a scope; null = not known. */
export type Facts<S extends FactScope> = {
  [Name in keyof (typeof factNames)[S]]: Value<(typeof factNames)[S][Name]> | null
}
