import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { ClusterEndpoints } from '#domain/fleet/cluster.ts'
import type { ScheduleSeen } from '#domain/backup/judge-backups.ts'
import type { RehearsalScheduleSeen, RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'

/** Everything that rules on the set-up are judged from; null = it was never seen. */
export interface SetupInput {
  snapshot: Snapshot | null
  stack: StackView | null
  backups: { view: BackupView | null; takenAt: Date | null } | null
  schedules: { scheduled: ScheduleSeen | null; rehearsalsScheduled: RehearsalScheduleSeen | null } | null
  /** Those that have ended. */
  rehearsals: readonly RehearsalSeen[] | null
  /** Agents with what they last saw of their nodes. */
  agents: readonly (AgentSight & { clockSkewMs?: number | null })[] | null
  endpoints: ClusterEndpoints | null
  /** When Patroni last did what this console asked it to, by REST; null = it never was asked. */
  obeyedAt: Date | null
  now: Date
}
