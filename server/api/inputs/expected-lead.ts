import { z } from 'zod'

/** The state of the cluster that the plan on the screen was made for. */
export const expectedLead = z.strictObject({
  /** Empty while nobody leads. */
  leader: z.string().max(200),
  timeline: z.int().nullable(),
  systemIdentifier: z.string().max(40).nullable(),
})
