import { z } from 'zod'
import type { presentAgents } from '../present-agents.ts'
import type { Invited } from '../../agents/invite.ts'

const text = z.string()
const textOrNull = text.nullable()
const momentOrNull = z.date().nullable()

export const nodeAgents: z.ZodType<ReturnType<typeof presentAgents>> = z.array(
  z.object({
    node: text,
    state: z.enum(['none', 'invited', 'enrolled', 'unreachable', 'stale', 'locked']),
    sentence: text,
    advice: textOrNull,
    address: textOrNull,
    version: textOrNull,
    seenAt: momentOrNull,
    vetoed: z.array(text),
    clockSkewMs: z.int().nullable(),
    enrolledAt: momentOrNull,
    enrolledBy: textOrNull,
    invitation: z.object({ expiresAt: z.date(), address: text, createdBy: text }).nullable(),
  }),
)

export const invited: z.ZodType<Invited> = z.object({
  id: text,
  token: text,
  expiresAt: z.date(),
  address: text,
  command: text,
})

export const nodeOf = z.object({ cluster: text, node: text })
