import { z } from 'zod'
import { reasonFault, reasonLength } from '#domain/reason.ts'

/** A moment: a Date, or ISO 8601 with its zone. */
export const moment = z.union([
  z.date(),
  z.iso
    .datetime({ offset: true, error: 'Must be a time with its zone, such as 2026-03-01T12:00:00Z.' })
    .transform((text) => new Date(text)),
])

export const clusterName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'Up to 63 letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
  )

/** The name of something that exists, whatever rules names had when it was made. */
export const existingName = z.string().min(1, 'Is empty.').max(200, 'Is too long.')

export const id = z.uuid('Is no identifier of this console.')

export const reason = z
  .string()
  .trim()
  .min(reasonLength.min, { error: faultOf })
  .max(reasonLength.max, { error: faultOf })

/** How many rows at most. */
export const limit = z.int().min(1).max(500).default(100)

/** A page begins below this number, from `nextBefore` of the page above. */
export const beforeNumber = z.int().min(1)

function faultOf({ input }: { input?: unknown }): string | undefined {
  return (typeof input === 'string' && reasonFault(input)) || undefined
}
