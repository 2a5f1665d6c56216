import { z } from 'zod'
import type { LiveTraffic } from '#domain/stack/live-traffic.ts'
import type { Looked, StackView } from '#domain/stack/stack-view.ts'
import type { ShownStack } from '../../stack/get.ts'
import type { ShownTraffic } from '../../stack/traffic.ts'
import { etcdDetail } from './etcd-detail.ts'
import { haproxyDetail } from './haproxy-detail.ts'
import { poolerDetail } from './pooler-detail.ts'
import { postgresDetail } from './postgres-detail.ts'
import { problem } from './problem.ts'

const stack: z.ZodType<StackView> = z.object({
  takenAt: z.date(),
  members: z.array(
    z.object({
      name: z.string(),
      postgres: looked(postgresDetail).nullable(),
      pooler: looked(poolerDetail).nullable(),
    }),
  ),
  haproxy: looked(haproxyDetail).nullable(),
  etcd: looked(etcdDetail).nullable(),
})

export const shownStack: z.ZodType<ShownStack> = z.object({
  cluster: z.string(),
  stack: stack.nullable(),
  hasQueries: z.boolean(),
  serverNow: z.date(),
})

const traffic: z.ZodType<LiveTraffic> = z.object({
  takenAt: z.date(),
  members: z.array(
    z.object({
      name: z.string(),
      postgres: looked(z.object({ transactionsTotal: z.number() })).nullable(),
      pooler: looked(z.object({ busy: z.number(), cap: z.number().nullable(), waiting: z.number() })).nullable(),
    }),
  ),
  haproxy: looked(
    z.object({
      clients: z.object({ sessions: z.number(), perSecond: z.number() }).nullable(),
      servers: z.array(z.object({ name: z.string(), address: z.string().nullable(), sessions: z.number() })),
    }),
  ).nullable(),
})

export const shownTraffic: z.ZodType<ShownTraffic> = z.object({
  cluster: z.string(),
  traffic: traffic.nullable(),
  serverNow: z.date(),
})

function looked<T>(value: z.ZodType<T>): z.ZodType<Looked<T>> {
  return z.object({ value: value.nullable(), seenAt: z.date().nullable(), problem: problem.nullable() })
}
