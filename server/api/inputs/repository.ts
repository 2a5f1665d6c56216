import { z } from 'zod'
import { existingName } from './fields.ts'
import { check } from './recovery.ts'

/** Key of a repository: `repo1` is 1. */
export const repository = z.int().min(1).max(256).default(1)

/** Label of a backup. */
export const backupLabel = z
  .string()
  .regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/, 'Is no label of a backup, such as 20260301-010000F.')

const walName = z.string().regex(/^[0-9A-F]{16,24}$/)

/** What an expiry was shown to remove. */
export const shownExpiry = z.strictObject({
  backups: z.array(z.strictObject({ repository: z.int(), label: backupLabel })).max(10_000),
  archives: z
    .array(
      z.strictObject({
        repository: z.int(),
        archiveId: z.string().regex(/^[\d.]{1,5}-\d{1,4}$/),
        first: walName,
        last: walName,
      }),
    )
    .max(1_000),
})

export const ofRepository = z.strictObject({ cluster: existingName, repository })

/** What a backup schedule looks like as it is sent. */
export const timetable = z.strictObject({
  runs: z
    .array(
      z.strictObject({
        type: z.enum(['full', 'diff', 'incr']),
        weekdays: z.array(z.int().min(0).max(6)).max(7),
        hour: z.int().min(0).max(23),
        minute: z.int().min(0).max(59),
      }),
    )
    .max(50),
  repository,
  fromStandby: z.boolean().default(false),
})

const day = 86_400_000

export const rehearsalTimes = z.strictObject({
  weekday: z.int().min(0).max(6),
  hour: z.int().min(0).max(23),
  minute: z.int().min(0).max(59),
  /** Null = as close to now as can be. */
  beforeMs: z
    .int()
    .min(60_000)
    .max(30 * day)
    .nullable(),
  check,
  verifiesPages: z.boolean().default(false),
})
