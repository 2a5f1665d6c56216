import { z } from 'zod'
import type { Registration } from '#domain/people/factor-question.ts'
import type { Assertion, ProofAnswer } from '#domain/people/proof.ts'

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/, 'Must be base64url.')

/** The address of the page that asks, as the browser names it. */
export const origin = z.string().max(300)

/** Six digits, as an authenticator app shows them. */
export const code = z
  .string()
  .max(20)
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'Must be the six digits that the app shows.'))

/** The answer of a passkey; what browsers add is left out. */
export const assertion: z.ZodType<Assertion> = z
  .object({
    id: base64url,
    rawId: base64url,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.optional(),
    }),
  })
  .transform(({ response: { userHandle, ...response }, ...rest }) => ({
    ...rest,
    response: { ...response, ...(userHandle !== undefined && { userHandle }) },
    clientExtensionResults: {},
  }))

/** What a new passkey answers; what browsers add is left out. */
export const registration: z.ZodType<Registration> = z
  .object({
    id: base64url,
    rawId: base64url,
    type: z.literal('public-key'),
    response: z.object({ clientDataJSON: base64url, attestationObject: base64url }),
  })
  .transform((given) => ({ ...given, clientExtensionResults: {} }))

/** What a person gives at the moment of an act. */
export const proofAnswer: z.ZodType<ProofAnswer> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), code }),
  z.strictObject({
    kind: z.literal('passkey'),
    nonce: z.string().regex(/^[\w-]{16,64}$/),
    issuedMs: z.number().int(),
    assertion,
  }),
])
