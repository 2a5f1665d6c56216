import { z } from 'zod'
import { backupTypes } from '#domain/backup/backup.ts'
import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { BackupResult, Operation, OperationStep, SwitchoverResult } from '#domain/operation/operation.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import { candidate } from './clusters.ts'
import { need } from './approvals.ts'
import { decision, question } from './decisions.ts'
import { kindOfMove, operationKind } from './operation-kind.ts'
import { planFields } from './plan-fields.ts'
import { rehearsalPlan, rehearsalResult } from './rehearsals.ts'
import { removalPlan } from './removal.ts'
import { repositoryPlan, repositoryResult } from './repositories.ts'
import { reinitialisePlan } from './reinitialise.ts'
import { releasePlan, restorePlan, restoreResult } from './restores.ts'
import { haproxyPlan, poolerCommandPlan, poolerPausePlan, signalPlan } from './stack-acts.ts'

const text = z.string()
const textOrNull = text.nullable()
const wholeOrNull = z.int().nullable()
const state = z.enum([
  'proposed',
  'planned',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'refused',
  'cancelled',
  'unknown',
])

export const plan: z.ZodType<Omit<SwitchoverPlan, 'candidates'>> = z.object({
  ...planFields,
  kind: kindOfMove,
  candidate: textOrNull,
  scheduledAt: z.date().nullable(),
  candidates: z.array(candidate),
  interruption: z.object({ fromMs: z.number(), toMs: z.number(), reasons: z.array(text) }),
})

export const failoverPlan: z.ZodType<Omit<FailoverPlan, 'candidates'>> = z.object({
  ...planFields,
  kind: z.literal('failover'),
  candidate: textOrNull,
  formerLeader: textOrNull,
  writesSeenAt: z.date().nullable(),
  candidates: z.array(candidate),
  loss: z.object({ bytes: wholeOrNull, isNothing: z.boolean(), sentence: text }).nullable(),
})

export const backupPlan: z.ZodType<BackupPlan> = z.object({
  ...planFields,
  kind: z.literal('backup'),
  node: text,
  nodeReason: text,
  stanza: text,
  repository: z.int(),
  type: z.enum(backupTypes),
  startFast: z.boolean(),
  fromStandby: z.boolean(),
})

const step: z.ZodType<OperationStep> = z.object({
  n: z.int(),
  name: text,
  title: text,
  state: z.enum(['pending', 'running', 'done', 'failed', 'unknown', 'skipped']),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  detail: textOrNull,
  output: z.array(z.object({ at: z.date(), line: text })),
})

const result: z.ZodType<SwitchoverResult> = z.object({
  newLeader: textOrNull,
  oldLeader: text,
  timelineBefore: wholeOrNull,
  timelineAfter: wholeOrNull,
  interruptionMs: z.number().nullable(),
  interruptionBasis: textOrNull,
})

const backupResult: z.ZodType<BackupResult> = z.object({
  label: text,
  type: z.enum(backupTypes),
  repository: z.int(),
  sizeBytes: wholeOrNull,
  deltaBytes: wholeOrNull,
  startedAt: z.date(),
  stoppedAt: z.date(),
})

/** The plan of any operation. */
export const anyPlan = z.union([
  plan,
  failoverPlan,
  backupPlan,
  restorePlan,
  rehearsalPlan,
  repositoryPlan,
  releasePlan,
  reinitialisePlan,
  removalPlan,
  signalPlan,
  haproxyPlan,
  poolerPausePlan,
  poolerCommandPlan,
])

export const operation: z.ZodType<Omit<Operation, 'plan'>> = z.object({
  id: text,
  kind: operationKind,
  clusterId: text,
  clusterName: text,
  state,
  plan: anyPlan,
  planHash: text,
  reason: text,
  requestedBy: z.object({ id: text, name: text }),
  requestedAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  outcome: textOrNull,
  result: z.union([result, backupResult, restoreResult, rehearsalResult, repositoryResult]).nullable(),
  question: question.nullable(),
  decisions: z.array(decision),
  steps: z.array(step),
  approval: z
    .object({
      need,
      decisions: z.array(
        z.object({
          approver: z.object({ id: text, name: text }),
          decision: z.enum(['approve', 'reject']),
          reason: text,
          at: z.date(),
        }),
      ),
    })
    .nullable(),
  isBreakGlass: z.boolean(),
  epoch: z.int(),
  executor: textOrNull,
})

const row: z.ZodType<OperationRow> = z.object({
  id: text,
  kind: operationKind,
  clusterName: text,
  state,
  requestedBy: text,
  reason: text,
  requestedAt: z.date(),
  endedAt: z.date().nullable(),
  outcome: textOrNull,
  isBreakGlass: z.boolean(),
})

export const operationPage = z.object({ operations: z.array(row), nextBefore: textOrNull })
