import type { Tone } from '#components/ui/state-mark.tsx'
import type { BackupType } from '#domain/backup/backup.ts'
import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { Operation, OperationState } from '#domain/operation/operation.ts'
import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'
import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import type { StackPlan } from '#domain/plan/plan.ts'
import type { RepositoryChore, RepositoryPlan } from '#domain/plan/repository-plan.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import { isStackPlan, stackDoing, stackName } from './stack-words.ts'

type Named =
  | Pick<SwitchoverPlan, 'kind' | 'leader' | 'candidate'>
  | Pick<FailoverPlan, 'kind' | 'leader' | 'candidate'>
  | Pick<BackupPlan, 'kind' | 'type' | 'clusterName' | 'node'>
  | Pick<RestorePlan | RehearsalPlan, 'kind' | 'clusterName' | 'node' | 'targetWords'>
  | Pick<RepositoryPlan, 'kind' | 'clusterName' | 'repository'>
  | Pick<ReleasePlan, 'kind' | 'clusterName'>
  | Pick<ReinitialisePlan, 'kind' | 'member'>
  | Pick<RemovalPlan, 'kind' | 'clusterName'>
  | StackPlan

/** The whole act as its button names it: "Switch over to pg-node-1". */
export function operationName(plan: Named): string {
  if (isStackPlan(plan)) return stackName(plan)
  switch (plan.kind) {
    case 'backup':
      return `Take ${backupWords[plan.type]} backup of ${plan.clusterName}`
    case 'restore':
      return `Recover ${plan.clusterName} to ${plan.targetWords}`
    case 'rehearsal':
      return `Rehearse recovering ${plan.clusterName} to ${plan.targetWords}`
    case 'repository-check':
    case 'repository-verify':
    case 'repository-expire':
    case 'stanza-create':
      return `${choreNames[plan.kind]} ${plan.repository} of ${plan.clusterName}`
    case 'release-kept-data':
      return `Let the kept data of ${plan.clusterName} go`
    case 'reinitialise':
      return `Reinitialise ${plan.member}`
    case 'remove-cluster':
      return `Remove ${plan.clusterName}`
    default:
  }
  const { kind, candidate } = plan
  const target = candidate === null ? '' : ` to ${candidate}`
  switch (kind) {
    case 'switchover':
      return candidate === null ? 'Switch over' : `Switch over${target}`
    case 'failover':
      return `Fail over${target}`
    case 'schedule-switchover':
      return `Schedule switchover${target}`
    case 'cancel-scheduled-switchover':
      return 'Cancel scheduled switchover'
  }
}

/** The act while it is under way: "Switching over from pg-node-3 to pg-node-1". */
export function operationDoing(plan: Named): string {
  if (isStackPlan(plan)) return stackDoing(plan)
  switch (plan.kind) {
    case 'backup':
      return `Taking ${backupWords[plan.type]} backup of ${plan.clusterName} on ${plan.node}`
    case 'restore':
      return `Recovering ${plan.clusterName} to ${plan.targetWords} on ${plan.node}`
    case 'rehearsal':
      return `Rehearsing a recovery of ${plan.clusterName} to ${plan.targetWords} on ${plan.node}`
    case 'repository-check':
    case 'repository-verify':
    case 'repository-expire':
    case 'stanza-create':
      return `${choreDoing[plan.kind]} ${plan.repository} of ${plan.clusterName}`
    case 'release-kept-data':
      return `Letting the kept data of ${plan.clusterName} go`
    case 'reinitialise':
      return `Reinitialising ${plan.member}`
    case 'remove-cluster':
      return `Removing ${plan.clusterName}`
    default:
  }
  const { kind, leader, candidate } = plan
  const target = candidate === null ? '' : ` to ${candidate}`
  switch (kind) {
    case 'switchover':
      return `Switching over from ${leader}${target}`
    case 'failover':
      return `Failing over${target}`
    case 'schedule-switchover':
      return `Scheduling a switchover from ${leader}${target}`
    case 'cancel-scheduled-switchover':
      return 'Cancelling the scheduled switchover'
  }
}

/** A type of backup with its article: "a full" backup. */
export const backupWords = {
  full: 'a full',
  diff: 'a differential',
  incr: 'an incremental',
} as const satisfies Record<BackupType, string>

/** Each state as icon and word. */
export const operationLooks = {
  proposed: { tone: 'warn', word: 'waits for approval' },
  planned: { tone: 'quiet', word: 'planned' },
  running: { tone: 'info', word: 'running' },
  waiting: { tone: 'info', word: 'waiting' },
  succeeded: { tone: 'ok', word: 'succeeded' },
  failed: { tone: 'bad', word: 'failed' },
  refused: { tone: 'warn', word: 'refused' },
  cancelled: { tone: 'quiet', word: 'cancelled' },
  unknown: { tone: 'warn', word: 'outcome unknown' },
} as const satisfies Record<OperationState, { tone: Tone; word: string }>

/** The state of an operation as icon and word; one that asks somebody says so. */
export function operationLook({ state, question }: Pick<Operation, 'state' | 'question'>): {
  tone: Tone
  word: string
} {
  return state === 'waiting' && question !== null
    ? { tone: 'warn', word: 'waits for a decision' }
    : operationLooks[state]
}

/** A kind where its target is not known: lists, filters. */
export function operationKindName(kind: Operation['kind']): string {
  return kindNames[kind]
}

const kindNames = {
  switchover: 'Switchover',
  failover: 'Failover',
  'schedule-switchover': 'Scheduled switchover',
  'cancel-scheduled-switchover': 'Cancellation of a scheduled switchover',
  backup: 'Backup',
  restore: 'Recovery in place',
  rehearsal: 'Rehearsal of a recovery',
  'repository-check': 'Check of a repository',
  'repository-verify': 'Verification of a repository',
  'repository-expire': 'Expiry of old backups',
  'stanza-create': 'Set-up of a repository',
  'release-kept-data': 'Release of kept data',
  reinitialise: 'Reinitialisation of a replica',
  'remove-cluster': 'Removal of the cluster',
  'signal-backend': 'End of a statement or session',
  'haproxy-command': 'Command to HAProxy',
  'pooler-command': 'Command to poolers',
  'pooler-pause': 'Pause of poolers',
} as const satisfies Record<Operation['kind'], string>

const choreNames = {
  'repository-check': 'Check repository',
  'repository-verify': 'Verify repository',
  'repository-expire': 'Expire old backups of repository',
  'stanza-create': 'Set up repository',
} as const satisfies Record<RepositoryChore, string>

const choreDoing = {
  'repository-check': 'Checking repository',
  'repository-verify': 'Verifying repository',
  'repository-expire': 'Expiring old backups of repository',
  'stanza-create': 'Setting up repository',
} as const satisfies Record<RepositoryChore, string>
