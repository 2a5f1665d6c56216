import type { AlertSeverity } from '#domain/alerts/rule.ts'
import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { ClusterConfig } from './cluster.ts'
import type { StoredEvent } from '#domain/event.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import type { LastBackup } from '#domain/backup/last-backup.ts'
import type { Operation, OperationKind, OperationState } from '#domain/operation/operation.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { TableDrop } from '#domain/backup/table-drop.ts'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'

/** One line of the fleet page. */
export interface FleetRow {
  clusterId: string
  name: string
  labels: string[]
  level: VerdictLevel
  sentence: string
  leader: string | null
  members: { name: string; role: string; isFine: boolean }[]
  worstLagBytes: number | null
  /** Null where no agent looks at the backups, or none has yet. */
  lastBackup: LastBackup | null
  /** When the collector last looked; null = not yet. */
  seenAt: Date | null
  activeOperation: { id: string; kind: OperationKind; requestedBy: string; since: Date } | null
  /** How many alerts fire that no operation under way explains; notes are not counted. */
  alerts: {
    critical: number
    warning: number
    /** What holds longest of the critical that have not held for long enough to fire; of what the verdict tells, nothing. */
    coming: { sentence: string; since: Date } | null
  }
  incidents: OpenIncidents
}

/** The incidents of a cluster that are open. */
export interface OpenIncidents {
  open: number
  critical: number
  /** Of the worst the newest that nobody looks after, else the newest; null where none is open. */
  worst: { number: number; severity: AlertSeverity; sentence: string; acknowledgedBy: string | null } | null
}

/** Everything the overview of one cluster shows; judgements are made from the snapshot where it is shown. */
export interface ClusterView {
  cluster: ClusterConfig
  /** Null until the collector has looked once. */
  snapshot: Snapshot | null
  recentEvents: StoredEvent[]
  /** What moves the lead now, or schedules that. */
  activeOperation: Operation | null
  /** The backup that is being taken beside it. */
  backupOperation: Operation | null
  /** The replica that is being copied anew beside it. */
  replicaOperation: Operation | null
  /** What would be if somebody dropped a table, as of when this was asked for; null where no backups were ever seen. */
  tableDrop: TableDrop | null
  /** The worst that stands out of its backups and rehearsals, as of then; null where nothing does, or where none were ever seen. */
  backupFinding: BackupFinding | null
  /** What the deep looks show beside the snapshot, as of then. */
  stackFindings: Finding[]
  serverNow: Date
}

/** What the live feed tells a page. */
export type FeedMessage =
  | { kind: 'hello'; serverNow: Date; storeReachable: boolean }
  | { kind: 'store'; reachable: boolean; sentence: string | null; at: Date }
  | { kind: 'snapshot'; snapshot: Snapshot; serverNow: Date }
  | { kind: 'event'; event: StoredEvent }
  | { kind: 'operation'; operation: Operation }
  /** The cluster's backups were looked at: ask for them anew. */
  | { kind: 'backups' }
  /** Its layers were looked at in depth: the same. */
  | { kind: 'stack' }
  /** Something of the alerts or incidents of any cluster changed: ask for them anew. */
  | { kind: 'alerts' }
  | { kind: 'fleet'; rows: FleetRow[]; removed: string[]; serverNow: Date }

export interface AuditRecord {
  seq: number
  at: Date
  actor: { id: string | null; name: string; kind: 'user' | 'token' | 'console' }
  /** `noun.verb`, the name of the procedure or of the operation's transition. */
  action: string
  target: string
  clusterId: string | null
  clusterName: string | null
  reason: string | null
  outcome: 'done' | 'requested' | 'refused' | 'failed' | 'unknown' | 'cancelled'
  operationId: string | null
  /** Plan, steps, before and after, whatever the act has. */
  detail: unknown
  hash: string
  previousHash: string
}

export interface OperationRow {
  id: string
  kind: Operation['kind']
  clusterName: string
  state: OperationState
  requestedBy: string
  reason: string
  requestedAt: Date
  endedAt: Date | null
  outcome: string | null
  /** One person acted alone where a policy asks for two. */
  isBreakGlass: boolean
}
