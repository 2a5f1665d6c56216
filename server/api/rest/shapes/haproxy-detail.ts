import { z } from 'zod'
import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'

const text = z.string()
const amount = z.number()
const amountOrNull = amount.nullable()

const sessions = {
  status: text,
  sessions: amount,
  sessionsMax: amount,
  sessionsLimit: amountOrNull,
  sessionsTotal: amount,
  rate: amount,
  bytesIn: amount,
  bytesOut: amount,
}
const traffic = z.object({ ...sessions, queued: amount, connectionErrors: amount, responseErrors: amount })

export const haproxyDetail: z.ZodType<HaproxyDetail> = z.object({
  proxies: z.array(
    z.object({
      name: text,
      mode: text,
      frontend: z.object({ ...sessions, requestErrors: amount }).nullable(),
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
