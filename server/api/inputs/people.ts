import { z } from 'zod'
import { readGrant, type WrittenGrant } from '#domain/people/grant-text.ts'
import { type Role, roles } from '#domain/people/permission.ts'
import { existingName } from './fields.ts'

const role = z.enum(roles)

/** A right and where it holds, by its parts or in a word: `viewer`, `operator@cluster:orders`, `admin@label:test`. */
export const writtenGrant = z.union([
  z
    .string()
    .max(300)
    .transform((text, context) => {
      const grant = readGrant(text)
      if (grant) return grant
      context.addIssue(
        `Must be a role of ${roles.join(', ')}, alone or with a place: operator@cluster:NAME, operator@label:TEXT.`,
      )
      return z.NEVER
    }),
  z.strictObject({
    role,
    scope: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all') }),
      z.strictObject({ kind: z.literal('cluster'), cluster: existingName }),
      z.strictObject({
        kind: z.literal('label'),
        label: z.string().trim().min(1, 'Is empty.').max(60, 'Is too long.'),
      }),
    ]),
  }),
])

const writtenGrants = z.array(writtenGrant).min(1, 'Give one right at least.').max(50, 'Are too many.')

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .regex(/^[\x21-\x3f\x41-\x7e]+@[a-z0-9.-]+$/, 'Must be an e-mail address.')

export const personName = z.string().trim().min(1, 'Is empty.').max(100, 'Is too long.')

/** What somebody or something new may do: rights, or for short one role for everything. */
const given = { role: role.optional(), grants: writtenGrants.optional() }

const isGiven = ({ role, grants }: { role?: unknown; grants?: unknown }) => role !== undefined || grants !== undefined
const notGiven = { path: ['grants'], message: 'Give one right at least.' }

/** The rights of both. */
export function givenGrants({ role, grants }: { role?: Role | undefined; grants?: WrittenGrant[] | undefined }) {
  const forShort: WrittenGrant[] = role === undefined ? [] : [{ role, scope: { kind: 'all' } }]
  return [...forShort, ...(grants ?? [])]
}

export const newPerson = z.strictObject({ email, name: personName, ...given }).refine(isGiven, notGiven)

export const newToken = z
  .strictObject({
    name: z.string().trim().min(1, 'Is empty.').max(100, 'Is too long.'),
    ...given,
    /** Null = it never expires, which has to be said. */
    expiresInDays: z.int().min(1).max(3_650).nullable().default(90),
  })
  .refine(isGiven, notGiven)
