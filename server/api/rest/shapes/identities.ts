import { z } from 'zod'
import { roles } from '#domain/people/permission.ts'
import type { GroupMappingRow } from '#server/store/group-mappings.ts'
import type { IdentityRow } from '#server/store/identities.ts'
import type { SignInProvider } from '../../identities/list.ts'

const text = z.string()
const textOrNull = text.nullable()

export const signInProvider: z.ZodType<SignInProvider | null> = z
  .object({
    name: text,
    issuer: text,
    clientId: text,
    scopes: z.array(text),
    groupsClaim: text,
    emailRule: z.enum(['required', 'unless-denied']),
    stepUpWords: z.array(text),
    rightsDays: z.number(),
    redirectUri: text,
    backChannelLogoutUri: text,
    postLogoutRedirectUri: text,
  })
  .nullable()

export const identity: z.ZodType<IdentityRow> = z.object({
  id: text,
  issuer: text,
  subject: text,
  userId: text,
  userName: text,
  userEmail: text,
  email: textOrNull,
  linkedBy: textOrNull,
  createdAt: z.date(),
  signedInAt: z.date().nullable(),
})

export const identityPage = z.object({ identities: z.array(identity), next: textOrNull })

export const groupMapping: z.ZodType<GroupMappingRow> = z.object({
  id: text,
  group: text,
  role: z.enum(roles),
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('cluster'), clusterId: text }),
    z.object({ kind: z.literal('label'), label: text }),
  ]),
  clusterName: textOrNull,
  createdBy: text,
  createdAt: z.date(),
})
