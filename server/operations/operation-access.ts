import type { RunningBackup } from '#domain/plan-switchover/planning.ts'
import type { DcsKeys } from '#domain/dcs.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { PatroniClient } from '#server/adapters/patroni/client.ts'
import type { AgentAccess } from './agent-access.ts'

/** All that an operation may do with the cluster it acts on; handed over by the worker, which holds the credentials. */
export interface OperationAccess {
  patroni: PatroniClient
  /** Origins a person configured: requests that change something go to these alone. */
  trustedOrigins: readonly string[]
  /** A linearizable look at Patroni's keys; null where the console reaches no etcd. */
  readKeys: ((signal: AbortSignal) => Promise<DcsKeys>) | null
  /** The newest picture of the cluster; null until it was looked at once. */
  snapshot: () => Promise<Snapshot | null>
  /** The agent of a node; null where none is enrolled. */
  agent: (node: string) => AgentAccess | null
  /** The backup that another operation is taking of this cluster now. */
  runningBackup: () => Promise<RunningBackup | null>
  /** Makes the collector look more often until then; a moment that is past ends that. */
  hurry: (until: Date) => void
}

/** Finds the access to a cluster; throws AppError `not-found` where it is registered no more. */
export type AccessTo = (clusterId: string) => Promise<OperationAccess>
