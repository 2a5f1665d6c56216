import type { BackupType } from '#domain/backup/backup.ts'
import type { DataPlace } from '#domain/recovery/data-place.ts'
import type { PlanCore } from './plan-core.ts'

/** What a backup would do and what it was made for; refused when leader, timeline or system identifier have changed. */
export interface BackupPlan extends PlanCore {
  kind: 'backup'
  /** Where pgBackRest runs; empty where there is no such node. */
  node: string
  /** Why there, as a sentence. */
  nodeReason: string
  stanza: string
  /** Key of the repository it goes to: `repo1` is 1. */
  repository: number
  type: BackupType
  /** True = Postgres writes its checkpoint at once instead of over the usual minutes. */
  startFast: boolean
  /** True = files are read from a replica; the leader only begins and ends the backup. */
  fromStandby: boolean
}

/** What a person asks for. */
export interface BackupWish {
  type: BackupType
  repository: number
  fromStandby: boolean
  startFast: boolean
  /** Null = the one that the node's agent names, or else the cluster's scope. */
  stanza: string | null
}

/** An agent as far as it matters to a plan: what the console knows of it without asking. */
export interface AgentSight {
  node: string
  state: 'enrolled' | 'locked'
  lockedReason: string | null
  /** Its last good answer; null = none yet. */
  seenAt: Date | null
  /** Why it cannot be asked now, in a sentence. */
  problem: string | null
  /** Verbs or families of verbs that the node itself forbids. */
  vetoed: readonly string[]
  /** Absent where it is not known. */
  stanza?: string | null
  repositories?: readonly RepositorySight[]
  /** Room left in the file system of the node's data folder, bytes. */
  dataFreeBytes?: number | null
  /** Data that an earlier recovery set aside there and that was not let go. */
  keptAside?: readonly { name: string; since: Date }[]
  /** Names under create_replica_methods in the node's Patroni configuration. */
  replicaMethods?: readonly string[]
  /** Where the data of the node lies; null = not told. */
  dataPlace?: DataPlace | null
}

/** What is known of a repository from the backups in it. */
export interface RepositorySight {
  repository: number
  freeBytes: number | null
  /** The newest good backup of each type: what it took in the repository, and how long. */
  newest: Partial<Record<BackupType, { bytes: number; ms: number }>>
}
