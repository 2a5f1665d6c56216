import type { RunningBackup } from '#domain/plan/plan-switchover/planning.ts'
import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { DcsKeys } from '#domain/snapshot/dcs.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { ClearOrder, ClearReply } from '#server/adapters/etcd/clear-scope.ts'
import type { HaproxyControl } from '#server/adapters/haproxy/control.ts'
import type { PatroniClient } from '#server/adapters/patroni/client.ts'
import type { PostgresSessions } from '#server/adapters/postgres/sessions.ts'
import type { AgentAccess } from './agent-access.ts'

/** All that an operation may do with the cluster it acts on; handed over by the worker, which holds the credentials. */
export interface OperationAccess {
  patroni: PatroniClient
  /** Origins a person configured: requests that change something go to these alone. */
  trustedOrigins: readonly string[]
  /** A linearizable look at Patroni's keys; null where the console reaches no etcd. */
  readKeys: ((signal: AbortSignal) => Promise<DcsKeys>) | null
  /** Patroni's keys in etcd, to be read as they are and changed; null where the console reaches no etcd. */
  dcs: DcsAccess | null
  /** The newest picture of the cluster; null until it was looked at once. */
  snapshot: () => Promise<Snapshot | null>
  /** The sessions of a member's Postgres; null where the console has no user there, or does not know where it is. To be closed after use. */
  sessions: (member: string) => Promise<PostgresSessions | null>
  /** Null where the console was told of no HAProxy. */
  haproxy: HaproxyControl | null
  /** The agent of a node; null where none is enrolled. */
  agent: (node: string) => AgentAccess | null
  /** The cluster's agents as the console knows them, without asking them. */
  agentSights: () => Promise<AgentSight[]>
  /** The cluster's backups as last read; null = never. */
  backups: () => Promise<BackupView | null>
  /** What was asked for on this cluster under that id, ended or not; null = nothing was. */
  operation: (id: string) => Promise<Operation | null>
  /** The backup that another operation is taking of this cluster now. */
  runningBackup: () => Promise<RunningBackup | null>
  /** Makes the collector look more often until then; a moment that is past ends that. */
  hurry: (until: Date) => void
  /** Has the collector look at all layers now, for something was done to them. */
  lookDeep: () => void
  /** Keeps the collector at its pace of rest until then, whatever moves; who hurries ends that. */
  calm: (until: Date) => void
}

/** The keys of one scope. */
export interface DcsAccess {
  /** Linearizable; values as Patroni wrote them. */
  list: (signal: AbortSignal) => Promise<{ name: string; value: string }[]>
  clear: (order: Omit<ClearOrder, 'namespace' | 'scope'>, signal: AbortSignal) => Promise<ClearReply>
}

/** Finds the access to a cluster; throws AppError `not-found` where it is registered no more. */
export type AccessTo = (clusterId: string) => Promise<OperationAccess>
