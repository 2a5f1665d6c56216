import { z } from 'zod'
import { ruleOf } from '#domain/alerts/catalogue/catalogue.ts'
import { existingName, limit, moment, reason } from './fields.ts'

export const severity = z.enum(['critical', 'warning', 'info'])

export const ruleId = z
  .string()
  .max(100)
  .refine((text) => ruleOf(text) !== undefined, 'There is no such rule.')

export const alertList = z.strictObject({
  cluster: existingName.optional(),
  states: z
    .array(z.enum(['pending', 'firing', 'resolved']))
    .max(3)
    .default(['pending', 'firing']),
  severity: severity.optional(),
  /** Only what went on at some time from then on, and before then. */
  since: moment.optional(),
  until: moment.optional(),
  limit,
})

/** What of a rule a cluster is to have otherwise than it comes; absent = as it comes. */
export const ruleChange = z.strictObject({
  cluster: existingName,
  rule: ruleId,
  isEnabled: z.boolean().exactOptional(),
  parameters: z.record(z.string().max(100), z.number().min(-1e15).max(1e15)).exactOptional(),
  forSeconds: z.int().min(0).exactOptional(),
  keepFiringSeconds: z.int().min(0).exactOptional(),
  severity: severity.exactOptional(),
})

export const incidentNumber = z.int().min(1).max(2_147_483_647)

export const incidentList = z.strictObject({
  cluster: existingName.optional(),
  isOpen: z.boolean().default(false),
  before: incidentNumber.optional(),
  limit,
})

export const noteText = z.string().trim().min(1, 'Is empty.').max(10_000, 'Is too long.')

const longestSilenceMs = 90 * 86_400_000

/** Where cluster, rule and subject are left out, all of them are meant; but one must be said. */
export const silence = z
  .strictObject({
    cluster: existingName.optional(),
    rule: ruleId.optional(),
    subject: z.string().min(1).max(300).optional(),
    endsAt: moment
      .refine((at) => at > new Date(), 'Must be ahead.')
      .refine((at) => at.getTime() - Date.now() <= longestSilenceMs, 'Must be within 90 days.'),
    reason,
  })
  .refine(({ cluster, rule }) => cluster !== undefined || rule !== undefined, {
    path: ['cluster'],
    message: 'Say which cluster or which rule: a silence of everything hides everything.',
  })

/** Names a file of one folder, and can name no other. */
export const runbookName = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/u, 'Is no name of a runbook.')
