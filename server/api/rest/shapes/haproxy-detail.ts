import { z } from 'zod'
import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'

const text = z.string()
const amount = z.number()
const amountOrNull = amount.nullable()

const frontend = z.object({
  status: text,
  sessions: amount,
  sessionsMax: amount,
  sessionsLimit: amountOrNull,
  sessionsTotal: amount,
  rate: amount,
  bytesIn: amount,
  bytesOut: amount,
  connectionErrors: amount,
  responseErrors: amount,
})
const traffic = frontend.extend({ queued: amount })

export const haproxyDetail: z.ZodType<HaproxyDetail> = z.object({
  proxies: z.array(
    z.object({
      name: text,
      mode: text,
      frontend: frontend.nullable(),
      backend: traffic.nullable(),
      servers: z.array(
        traffic.extend({
          name: text,
          address: text.nullable(),
          isUp: z.boolean(),
          admin: z.enum(['ready', 'drain', 'maint']),
          check: text,
          checkCode: amountOrNull,
          checkMilliseconds: amountOrNull,
          lastCheck: text,
          weight: amount,
          isBackup: z.boolean(),
          changedSeconds: amountOrNull,
          downSeconds: amountOrNull,
          lastSessionSeconds: amountOrNull,
        }),
      ),
    }),
  ),
})
