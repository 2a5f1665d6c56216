import { z } from 'zod'
import type { CheckedSetup } from '../../setup/check.ts'

const text = z.string()
const textOrNull = text.nullable()
const momentOrNull = z.date().nullable()
const severity = z.enum(['critical', 'warning', 'info'])

const finding = z.object({
  rule: text,
  severity,
  member: textOrNull,
  sentence: text,
  risk: text,
  worstCase: text,
  fix: z.object({ where: text, paste: text }).nullable(),
})

const check = z.object({
  rule: text,
  title: text,
  layer: z.enum(['patroni', 'postgres', 'pgbouncer', 'haproxy', 'etcd', 'pgbackrest', 'console']),
  outcome: z.enum(['passed', 'failed', 'unseen', 'not-applicable']),
  why: textOrNull,
  findings: z.array(finding),
})

const truth = z.object({
  sentence: text,
  rows: z.array(
    z.object({
      source: z.enum(['leader-key', 'patroni', 'sql', 'haproxy', 'pgbouncer']),
      title: text,
      member: textOrNull,
      says: z.array(text).nullable(),
      sentence: text,
      asOf: momentOrNull,
      standing: z.enum(['agrees', 'disagrees', 'settling', 'unseen', 'apart']),
    }),
  ),
})

export const checkedSetup: z.ZodType<CheckedSetup> = z.object({
  cluster: text,
  sentence: text,
  checks: z.array(check),
  truth: truth.nullable(),
  seenAt: momentOrNull,
  stackSeenAt: momentOrNull,
  serverNow: z.date(),
})
