import { z } from 'zod'
import { channelSettings } from '#server/store/notifications/channel-settings.ts'
import { hours, steps } from '#server/store/notifications/routes.ts'
import { severity } from './alerts.ts'
import { existingName, limit } from './fields.ts'

export const channelDraft = z.strictObject({
  name: z.string().trim().min(1, 'Is empty.').max(100, 'Is too long.'),
  settings: channelSettings,
  sendsResolved: z.boolean(),
  isPaused: z.boolean().default(false),
  /** Absent = what is kept stays; an empty text removes it. */
  secret: z.string().max(4_000).optional(),
})

/** By its name or id. */
export const ofChannel = z.strictObject({ channel: existingName })

export const routeList = z.strictObject({
  /** Of the routes that were seen: where others have been set meanwhile, nothing is changed. */
  revision: z.string().max(64),
  routes: z
    .array(
      z.strictObject({
        severity,
        cluster: existingName.nullable(),
        label: z.string().trim().min(1).max(100).nullable(),
        hours: hours.nullable(),
        steps,
        repeatMinutes: z.int().min(5).max(43_200).nullable(),
        goesOn: z.boolean(),
      }),
    )
    .max(100),
})

export const deliveryLog = z.strictObject({
  channel: existingName.optional(),
  states: z
    .array(z.enum(['waiting', 'sent', 'dead', 'dropped']))
    .max(4)
    .optional(),
  before: z.int().min(1).optional(),
  limit,
})

export const ofNotification = z.strictObject({ id: z.int().min(1) })
