import { z } from 'zod'

/** What a person gives at the moment of an act: the code of their app, or what their passkey signed. */
export const proofAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('totp'),
    code: z.string().trim().regex(/^\d{6}$/, 'Six digits, as the app shows them.'),
  }),
  z.strictObject({ kind: z.literal('passkey'), assertion: z.record(z.string(), z.unknown()) }),
])

export type ProofAnswer = z.infer<typeof proofAnswer>
