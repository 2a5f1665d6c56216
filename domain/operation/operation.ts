import type { GivenDecision } from '#domain/approvals/judge-request.ts'
import type { Need } from '#domain/approvals/policy.ts'
import type { BackupType } from '#domain/backup/backup.ts'
import type { Plan, PlanKind } from '#domain/plan/plan.ts'
import type { Decision, Question } from './question.ts'
import type { RehearsalResult } from '#domain/rehearsal/rehearsal-result.ts'
import type { RepositoryResult } from '#domain/backup/repository-result.ts'
import type { RestoreResult } from '#domain/recovery/restore-result.ts'

export type OperationKind = PlanKind

/** What operations keep apart for: those of one lane follow each other, those of different lanes may run side by side. */
export type Lane = 'lead' | 'backup' | 'rehearsal' | 'stack' | 'pause' | 'replica'

/** The lane of a kind: a backup of hours must not hold up whoever has to move the lead, nor a rehearsal either. */
export function laneOf(kind: OperationKind): Lane {
  return lanes[kind]
}

const lanes = {
  switchover: 'lead',
  failover: 'lead',
  'schedule-switchover': 'lead',
  'cancel-scheduled-switchover': 'lead',
  restore: 'lead',
  'remove-cluster': 'lead',
  backup: 'backup',
  'repository-check': 'backup',
  'repository-verify': 'backup',
  'repository-expire': 'backup',
  'stanza-create': 'backup',
  rehearsal: 'rehearsal',
  'release-kept-data': 'rehearsal',
  'signal-backend': 'stack',
  'haproxy-command': 'stack',
  'pooler-command': 'stack',
  // It lasts, and a resume must be possible meanwhile.
  'pooler-pause': 'pause',
  // A copy of hours must not hold up whoever has to move the lead; two replicas at once are too many.
  reinitialise: 'replica',
} as const satisfies Record<OperationKind, Lane>

export type OperationState =
  | 'proposed' // waits for approval; nobody carries it out until a worker releases it
  | 'planned'
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'refused'
  | 'cancelled'
  | 'unknown'

/** States in which an operation holds its lane: at most one such operation a cluster and lane. */
export const activeStates = ['planned', 'running', 'waiting'] as const satisfies readonly OperationState[]

/** True once nothing more will happen to the operation. */
export function isEnded(state: OperationState): boolean {
  return state !== 'proposed' && !(activeStates as readonly OperationState[]).includes(state)
}

export interface Operation {
  id: string
  kind: OperationKind
  clusterId: string
  clusterName: string
  state: OperationState
  plan: Plan
  planHash: string
  reason: string
  requestedBy: { id: string; name: string }
  requestedAt: Date
  startedAt: Date | null
  endedAt: Date | null
  /** The verified outcome, or what is being waited for, in one sentence. */
  outcome: string | null
  result: OperationResult | null
  /** What a person has to decide now; null = nothing. */
  question: Question | null
  /** What was decided so far, oldest first. */
  decisions: Decision[]
  steps: OperationStep[]
  /** The approvals it was asked for with, and what was decided; null where it needed none. */
  approval: { need: Need; decisions: KeptDecision[] } | null
  /** One person acted alone where a policy asks for two. */
  isBreakGlass: boolean
  /** Grows with every takeover by another worker. */
  epoch: number
  executor: string | null
}

/** A decision on a request as it stays written. */
export type KeptDecision = Pick<GivenDecision, 'approver' | 'decision' | 'reason' | 'at'>

export interface OperationStep {
  n: number
  name: string
  /** What the step does, as an imperative: "Ask pg-node-1 to hand over to pg-node-2". */
  title: string
  state: 'pending' | 'running' | 'done' | 'failed' | 'unknown' | 'skipped'
  startedAt: Date | null
  endedAt: Date | null
  /** What came of it, or what it waits for. */
  detail: string | null
  /** Live output, newest last. */
  output: { at: Date; line: string }[]
}

export type OperationResult = SwitchoverResult | BackupResult | RestoreResult | RehearsalResult | RepositoryResult

export interface SwitchoverResult {
  newLeader: string | null
  oldLeader: string
  timelineBefore: number | null
  timelineAfter: number | null
  /** Measured: from the old leader's last sign of being writable to the new one's first, ms. */
  interruptionMs: number | null
  /** How the interruption was measured. */
  interruptionBasis: string | null
}

/** What pgBackRest lists of the backup that was made. */
export interface BackupResult {
  label: string
  /** What it became: without a backup to build on, every type becomes a full one. */
  type: BackupType
  repository: number
  /** Size of the database, and of what was copied of it now; null = not told. */
  sizeBytes: number | null
  deltaBytes: number | null
  startedAt: Date
  stoppedAt: Date
}

/** True for the result of a backup, which alone has a label. */
export function isBackupResult(result: OperationResult): result is BackupResult {
  return 'label' in result
}

/** The result of moving the lead; null for any other. */
export function switchoverResultOf(result: OperationResult | null): SwitchoverResult | null {
  return result !== null && 'newLeader' in result ? result : null
}

/** The proof of a recovery; null for any other result. */
export function restoreResultOf(result: OperationResult | null): RestoreResult | null {
  return result !== null && 'kind' in result && result.kind === 'restore' ? result : null
}

/** The report of a rehearsal; null for any other result. */
export function rehearsalResultOf(result: OperationResult | null): RehearsalResult | null {
  return result !== null && 'kind' in result && result.kind === 'rehearsal' ? result : null
}

/** What a chore on a repository found; null for any other result. */
export function repositoryResultOf(result: OperationResult | null): RepositoryResult | null {
  return result !== null && 'isSound' in result ? result : null
}
