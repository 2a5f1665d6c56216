import { z } from 'zod'
import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { RestoreResult } from '#domain/recovery/restore-result.ts'
import type { CommitsLost, CommitsLostLook } from '#domain/wal/commits-lost.ts'
import type { CommitsLook } from '#domain/wal/wal-commits.ts'
import { planFields } from './plan-fields.ts'
import { attempt } from './recovered-data.ts'
import { recoveryTarget } from './recovery-target.ts'

const text = z.string()
const textOrNull = text.nullable()
const moment = z.date()
const amountOrNull = z.number().nullable()
const timeline = z.int()
const commitsLost: z.ZodType<CommitsLost> = z.object({
  commits: z.int().nullable(),
  isAtLeast: z.boolean(),
  lastAt: moment.nullable(),
  problems: z.array(text),
  segments: z.int(),
  countedAt: moment,
  node: text,
  repository: z.int(),
})
const reading = z.object({
  state: z.literal('reading'),
  since: moment,
  progress: z.object({ read: z.int(), total: z.int() }).nullable(),
})
const keptData = z.array(z.object({ node: text, name: text }))

export const restorePlan: z.ZodType<RestorePlan> = z.object({
  ...planFields,
  kind: z.literal('restore'),
  node: text,
  nodeReason: text,
  replicas: z.array(text),
  stanza: text,
  repository: z.int(),
  target: recoveryTarget,
  targetWords: text,
  set: text,
  targetTimeline: timeline,
  choiceReason: text,
  check: textOrNull,
  commitsAlone: z.boolean(),
  clientsBack: z.enum(['writable', 'end']),
  wayBack: z.enum(['aside', 'replica']),
  loss: z.object({
    fromAt: moment.nullable(),
    toAt: moment,
    walBytes: amountOrNull,
    walAtMostBytes: amountOrNull.exactOptional(),
    commits: commitsLost.exactOptional(),
  }),
  space: z.object({ neededBytes: amountOrNull, freeBytes: amountOrNull }),
  expectedMs: amountOrNull,
  nearestAt: moment.nullable(),
})

export const restoreResult: z.ZodType<RestoreResult> = z.object({
  kind: z.literal('restore'),
  ended: z.enum(['committed', 'abandoned', 'standing']),
  node: text,
  targetWords: text,
  set: text,
  repository: z.int(),
  targetTimeline: timeline,
  attempts: z.array(attempt),
  timelineBefore: timeline.nullable(),
  timelineAfter: timeline.nullable(),
  systemIdentifier: textOrNull,
  members: z.array(z.object({ name: text, role: text, timeline: timeline.nullable(), isStreaming: z.boolean() })),
  keptAside: keptData,
  newBackup: textOrNull,
  archivedWal: textOrNull,
  phases: z.array(z.object({ name: text, ms: z.number() })),
  writableAfterMs: amountOrNull,
})

export const releasePlan: z.ZodType<ReleasePlan> = z.object({
  ...planFields,
  kind: z.literal('release-kept-data'),
  ofOperation: text,
  kept: keptData,
})

export const commitsLostLook: z.ZodType<CommitsLostLook> = z.union([
  reading,
  z.object({ state: z.literal('done'), lost: commitsLost }),
])

export const commitsLook: z.ZodType<CommitsLook> = z.union([
  reading,
  z.object({
    state: z.literal('done'),
    found: z.object({
      commits: z.array(
        z.object({
          xid: text,
          at: moment,
          lsn: text,
          timeline,
          kind: z.enum(['drop', 'truncate', 'delete']),
          relations: z.array(text),
          deletedRows: z.int(),
        }),
      ),
      problems: z.array(text),
      firstAt: moment.nullable(),
      lastAt: moment.nullable(),
      segments: z.object({ count: z.int(), first: text, last: text }),
      isCut: z.boolean(),
      node: text,
      repository: z.int(),
    }),
  }),
])
