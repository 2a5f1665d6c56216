import { z } from 'zod'
import type { ApprovalRow, ApprovalView } from '#domain/approvals/view.ts'
import type { BrokenGlass } from '#server/store/approvals/seen.ts'
import { need, standing } from './approvals.ts'
import { operationKind } from './operation-kind.ts'
import { anyPlan, operation } from './operations.ts'
import { event } from './records.ts'

const text = z.string()
const wholeOrNull = z.int().nullable()

export const approvalRow: z.ZodType<Omit<ApprovalRow, 'plan'>> = z.object({
  id: text,
  kind: operationKind,
  clusterName: text,
  requestedBy: z.object({ id: text, name: text }),
  requestedAt: z.date(),
  reason: text,
  plan: anyPlan,
  standing,
  isMine: z.boolean(),
  isForMe: z.boolean(),
})

export const approvalView: z.ZodType<Omit<ApprovalView, 'operation'>> = z.object({
  operation,
  standing,
  need: need.nullable(),
  bound: z.object({
    planHash: text,
    leader: text,
    timeline: wholeOrNull,
    systemIdentifier: text.nullable(),
  }),
  cluster: z.object({ leader: text.nullable(), timeline: wholeOrNull, systemIdentifier: text.nullable() }).nullable(),
  since: z.array(event),
  fault: text.nullable(),
  isMine: z.boolean(),
  serverNow: z.date(),
})

export const brokenGlass: z.ZodType<BrokenGlass> = z.object({
  id: text,
  kind: operationKind,
  by: text,
  reason: text,
  at: z.date(),
})
