import { z } from 'zod'
import type { ChannelSettings } from '#domain/alerts/notify/channel.ts'

const text = z.string().max(2_000)
const pem = z.string().max(40_000).nullable()

/** Settings of a channel as they are typed and kept; whether they fit together is the domain's to say. */
export const channelSettings: z.ZodType<ChannelSettings> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), url: text, user: text.nullable(), caPem: pem }),
  z.strictObject({ kind: z.literal('slack') }),
  z.strictObject({ kind: z.literal('pagerduty'), url: text }),
  z.strictObject({
    kind: z.literal('email'),
    host: text,
    port: z.int(),
    security: z.enum(['starttls', 'tls', 'none']),
    isPlainAllowed: z.boolean(),
    user: text.nullable(),
    from: text,
    to: z.array(text).max(50),
    zone: text,
    caPem: pem,
  }),
  z.strictObject({ kind: z.literal('heartbeat') }),
])
