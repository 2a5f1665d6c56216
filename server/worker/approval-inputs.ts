import { z } from 'zod'
import type { Proof } from '#domain/people/proof.ts'
import { assertion } from '#server/api/inputs/proof.ts'
import { policyDraft } from '#server/operations/approvals/policy-schema.ts'
import type { DecisionGiven } from '#server/operations/approvals/decide-request.ts'

const proof: z.ZodType<Proof> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), sealed: z.string().max(2_000) }),
  z.object({ kind: z.literal('passkey'), nonce: z.string().max(64), issuedMs: z.int(), assertion }),
])

/** What the web tier passes on is parsed as what came from outside. */
export const decisionGiven: z.ZodType<DecisionGiven> = z.object({
  operationId: z.uuid(),
  userId: z.uuid(),
  decision: z.enum(['approve', 'reject']),
  reason: z.string().max(500),
  seen: z.object({
    planHash: z.string(),
    leader: z.string(),
    timeline: z.int().nullable(),
    systemIdentifier: z.string().nullable(),
  }),
  proof,
})

export const runGiven = z.object({ operationId: z.uuid(), userId: z.string().max(200) })

const byWhom = { userId: z.uuid(), proof }

export const policyChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set'), id: z.uuid().nullable(), draft: policyDraft, ...byWhom }),
  z.object({ kind: z.literal('remove'), id: z.uuid(), ...byWhom }),
])
