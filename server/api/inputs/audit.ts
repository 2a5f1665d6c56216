import { z } from 'zod'
import { beforeNumber, existingName, id, limit, moment } from './fields.ts'

/** Which records; nothing left out where nothing is said. */
export const auditChoice = z.strictObject({
  cluster: existingName.optional(),
  /** Part of the actor's name. */
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  outcome: z.enum(['done', 'requested', 'refused', 'failed', 'unknown', 'cancelled']).optional(),
  /** Identifier of an operation. */
  operation: id.optional(),
  /** True = only what one person did alone where a policy asks for two. */
  breakGlass: z.boolean().optional(),
  since: moment.optional(),
  until: moment.optional(),
})

/** The same as a file. */
export const auditExport = auditChoice.extend({ format: z.enum(['jsonl', 'csv']) })

/** The same, page by page. */
export const auditPage = auditChoice.extend({ before: beforeNumber.optional(), limit })
