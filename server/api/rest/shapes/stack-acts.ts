import { z } from 'zod'
import type { HaproxyPlan } from '#domain/plan/haproxy-plan.ts'
import type { PoolerCommandPlan, PoolerPausePlan } from '#domain/plan/pooler-plan.ts'
import type { SignalPlan } from '#domain/plan/signal-plan.ts'
import { planFields } from './plan-fields.ts'

const text = z.string()
const textOrNull = text.nullable()

export const signalPlan: z.ZodType<SignalPlan> = z.object({
  ...planFields,
  kind: z.literal('signal-backend'),
  act: z.enum(['cancel', 'terminate']),
  member: text,
  pid: z.int(),
  backendStart: z.date(),
  aim: text,
  session: z
    .object({
      user: textOrNull,
      database: textOrNull,
      application: text,
      state: textOrNull,
      transactionSeconds: z.number().nullable(),
      holdsUp: z.array(z.int()),
      poolerOn: textOrNull,
    })
    .nullable(),
  confirm: textOrNull,
})

export const haproxyPlan: z.ZodType<HaproxyPlan> = z.object({
  ...planFields,
  kind: z.literal('haproxy-command'),
  act: z.enum(['drain', 'ready']),
  proxy: text,
  server: text,
  aim: text,
  confirm: textOrNull,
})

const ofPoolers = { nodes: z.array(text), database: textOrNull, aim: text, confirm: textOrNull }

export const poolerPausePlan: z.ZodType<PoolerPausePlan> = z.object({
  ...planFields,
  ...ofPoolers,
  kind: z.literal('pooler-pause'),
  act: z.literal('pause'),
  drainMs: z.int(),
  limitMs: z.int(),
})

export const poolerCommandPlan: z.ZodType<PoolerCommandPlan> = z.object({
  ...planFields,
  ...ofPoolers,
  kind: z.literal('pooler-command'),
  act: z.enum(['resume', 'reconnect', 'reload', 'disable', 'enable', 'kill']),
})
