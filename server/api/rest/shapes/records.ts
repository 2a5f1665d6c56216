import { z } from 'zod'
import type { StoredEvent } from '#domain/event.ts'
import { roles } from '#domain/people/permission.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { SessionRow } from '#server/store/sessions.ts'
import type { TokenRow } from '#server/store/tokens.ts'
import type { UserRow } from '#server/store/users.ts'
import { eventKind } from '../../inputs/event-kind.ts'
import type { WhoAmI } from '../../routers/session.ts'
import type { InvitedPerson } from '../../users/invite.ts'

const text = z.string()
const textOrNull = text.nullable()
const role = z.enum(roles)
const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('cluster'), clusterId: text }),
  z.object({ kind: z.literal('label'), label: text }),
])
const grant = z.object({ role, scope })
const momentOrNull = z.date().nullable()

export const event: z.ZodType<StoredEvent> = z.object({
  id: z.int(),
  clusterId: text,
  clusterName: text,
  kind: eventKind,
  at: z.date(),
  member: textOrNull,
  severity: z.enum(['critical', 'warning', 'info']),
  sentence: text,
  from: textOrNull,
  to: textOrNull,
  sources: z.array(text),
  operationId: textOrNull,
})

export const eventPage = z.object({ events: z.array(event), nextBefore: z.int().nullable() })

const record: z.ZodType<AuditRecord> = z.object({
  seq: z.int(),
  at: z.date(),
  actor: z.object({ id: textOrNull, name: text, kind: z.enum(['user', 'token', 'console']) }),
  action: text,
  target: text,
  clusterId: textOrNull,
  clusterName: textOrNull,
  reason: textOrNull,
  outcome: z.enum(['done', 'requested', 'refused', 'failed', 'unknown', 'cancelled']),
  operationId: textOrNull,
  detail: z.unknown(),
  hash: text,
  previousHash: text,
})

export const auditPage = z.object({ records: z.array(record), nextBefore: z.int().nullable() })

export const auditProof = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    records: z.int(),
    head: text,
    checkpoints: z.int(),
    witnesses: z.array(z.object({ name: text, seq: z.int(), hash: text, keptAt: z.date(), problem: textOrNull })),
    gone: z.array(text),
  }),
  z.object({ ok: z.literal(false), firstBad: z.int(), sentence: text }),
])

export const whoAmI: z.ZodType<WhoAmI> = z.object({
  id: text,
  name: text,
  email: textOrNull,
  grants: z.array(grant),
  kind: z.enum(['user', 'token']),
})

export const user: z.ZodType<UserRow> = z.object({
  id: text,
  email: text,
  name: text,
  grants: z.array(
    grant.extend({ cluster: textOrNull, group: textOrNull, grantedBy: text, grantedAt: z.date(), rests: z.boolean() }),
  ),
  hasJoined: z.boolean(),
  invitationEndsAt: momentOrNull,
  createdAt: z.date(),
  disabledAt: momentOrNull,
  lastSeenAt: momentOrNull,
})

export const invitedPerson: z.ZodType<InvitedPerson> = z.object({
  user,
  token: text,
  link: text,
  expiresAt: z.date(),
})

export const session: z.ZodType<SessionRow> = z.object({
  id: text,
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  userAgent: text,
  address: text,
})

export const token: z.ZodType<TokenRow> = z.object({
  id: text,
  name: text,
  grants: z.array(grant.extend({ cluster: textOrNull })),
  createdBy: text,
  createdAt: z.date(),
  expiresAt: momentOrNull,
  lastUsedAt: momentOrNull,
  revokedAt: momentOrNull,
  rightsRest: z.boolean(),
})
