import { z } from 'zod'
import { eventKind } from './event-kind.ts'
import { beforeNumber, existingName, limit, moment } from './fields.ts'

const wanted = z.strictObject({
  cluster: existingName.optional(),
  kinds: z.array(eventKind).max(60).optional(),
  member: z.string().max(200).optional(),
  severity: z.enum(['critical', 'warning', 'info']).optional(),
  since: moment.optional(),
})

/** A page of events. */
export const eventPage = wanted.extend({ until: moment.optional(), before: beforeNumber.optional(), limit })

/** Events of one cluster without an end. */
export const followedEvents = wanted.extend({
  cluster: existingName,
  /** They go on after the event of this number, whatever their times. */
  after: z.int().min(0).optional(),
})
