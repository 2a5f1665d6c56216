import { z } from 'zod'
import { parseLsn } from '#domain/lsn.ts'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { moment } from './fields.ts'

const timeline = z.int().min(1).max(0xffff_ffff).nullable().default(null)
const label = z
  .string()
  .regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/, 'Must be the label of a backup, such as 20261124-010000F.')
const set = label.nullable().default(null)

/** A WAL position: its number, or as Postgres writes it. */
const lsn = z.union([
  z.int().min(0),
  z.string().transform((text, context) => {
    const position = parseLsn(text)
    if (position !== null && position <= Number.MAX_SAFE_INTEGER) return position
    context.addIssue('Must be a WAL position such as 0/3000028.')
    return z.NEVER
  }),
])

// Postgres compares a transaction with the 32 bits that WAL keeps of it.
const transaction = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, 'Must be the number of a transaction, such as 741.')
  .refine((text) => Number(text) <= 0xffff_ffff, 'Must be the number of a transaction, at most 4294967295.')

const restorePoint = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_ .:-]{0,62}$/,
    'Up to 63 letters, digits, spaces and _ . : - that begin with a letter, digit or _.',
  )

/** Where a recovery shall stop. */
export const recoveryTarget = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('time'), at: moment, timeline }),
  z.strictObject({ type: z.literal('lsn'), lsn, timeline, isExclusive: z.boolean().exactOptional() }),
  z.strictObject({
    type: z.literal('xid'),
    value: transaction,
    set,
    timeline,
    isExclusive: z.boolean().exactOptional(),
    at: moment.exactOptional(),
  }),
  z.strictObject({ type: z.literal('name'), value: restorePoint, set, timeline, at: moment.exactOptional() }),
  z.strictObject({ type: z.literal('immediate'), set }),
  z.strictObject({ type: z.literal('default'), timeline }),
]) satisfies z.ZodType<RecoveryTarget>

/** Key of a repository, `repo1` is 1; null = the one that the choice of the backup prefers. */
export const repository = z.int().min(1).max(256).nullable().default(null)

/** One query whose answer is shown, asked as a user who may change nothing. */
export const check = z
  .string()
  .trim()
  .min(1, 'Is empty.')
  .max(4_000, 'At most 4000 characters.')
  // Postgres keeps neither in a text.
  .refine((text) => !/[\0\p{Cs}]/u.test(text), 'Holds characters that are none.')
  .nullable()
  .default(null)

/** The state of the cluster that the plan on the screen was made for. */
export const expected = z.strictObject({
  /** Empty while nobody leads. */
  leader: z.string().max(200),
  timeline: z.int().nullable(),
  systemIdentifier: z.string().max(40).nullable(),
})
