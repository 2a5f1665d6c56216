import { z } from 'zod'
import type { presentBackups } from '../present-backups.ts'

const text = z.string()
const textOrNull = text.nullable()
const moment = z.date()
const momentOrNull = moment.nullable()
const amount = z.number()
const key = z.int()
const end = z.object({ at: moment, why: text })

export const backups: z.ZodType<ReturnType<typeof presentBackups>> = z.object({
  cluster: text,
  state: z.enum(['no-agent', 'unseen', 'no-stanza', 'no-backup', 'stale', 'seen']),
  sentence: text,
  problem: textOrNull,
  seenAt: momentOrNull,
  seenBy: textOrNull,
  stanza: textOrNull,
  earliestAt: momentOrNull,
  latestAt: momentOrNull,
  findings: z.array(
    z.object({
      kind: z.enum([
        'no-backup',
        'full-overdue',
        'backup-old',
        'run-missed',
        'page-errors',
        'repository-problem',
        'repositories-differ',
        'other-cluster',
        'wal-gap',
        'archiver-failing',
        'archiver-behind',
        'archive-behind',
        'archive-stale',
        'reference-gone',
        'backup-running-long',
        'retention-of-one',
        'rehearsal-overdue',
        'rehearsal-failed',
      ]),
      severity: z.enum(['critical', 'warning', 'info']),
      repository: key.nullable(),
      backup: textOrNull,
      sentence: text,
      advice: text,
    }),
  ),
  retention: z
    .array(
      z.object({
        repository: key,
        full: key.nullable(),
        fullType: z.enum(['count', 'time']),
        diff: key.nullable(),
        archive: key.nullable(),
        archiveType: z.enum(['full', 'diff', 'incr']),
      }),
    )
    .readonly()
    .nullable(),
  problems: z.array(text),
  running: z.object({ since: momentOrNull, fraction: amount.nullable() }).nullable(),
  windows: z.array(z.object({ repository: key, timeline: key, kind: z.enum(['span', 'point']), from: end, to: end })),
  archiver: z
    .object({
      observedAt: moment,
      lastArchivedWal: textOrNull,
      lastArchivedAt: momentOrNull,
      lastFailedWal: textOrNull,
      lastFailedAt: momentOrNull,
      failedCount: amount,
      waitingSegments: amount.nullable(),
      archiveTimeoutSeconds: amount.nullable(),
      heldBack: z
        .object({ recoveryAt: moment, fromAt: moment, untilAt: momentOrNull, endedAt: momentOrNull })
        .nullable()
        .optional(),
    })
    .nullable(),
  backups: z.array(
    z.object({
      label: text,
      type: z.enum(['full', 'diff', 'incr']),
      repository: key,
      startedAt: moment,
      stoppedAt: moment,
      timeline: key.nullable(),
      sizeBytes: amount,
      deltaBytes: amount,
      repositorySizeBytes: amount.nullable(),
      repositoryDeltaBytes: amount,
      prior: textOrNull,
      references: z.array(text),
      hasPageErrors: z.boolean().nullable(),
      isOfThisCluster: z.boolean(),
    }),
  ),
})
