import { z } from 'zod'
import { cleanText } from '../clean-text.ts'

/** Shapes of etcd's JSON gateway (3.4 to 3.6): 64-bit integers are strings, zero and empty fields are left out. */
export const headerSchema = z
  .object({ cluster_id: decimal().optional(), revision: decimal().optional(), raft_term: decimal().optional() })
  .optional()

export type Header = z.infer<typeof headerSchema>

export const rangeSchema = z.object({
  header: headerSchema,
  kvs: z.array(keyValue()).optional(),
  count: decimal().optional(),
})

export const statusSchema = z.object({
  header: z.object({ member_id: decimal(), raft_term: decimal().optional() }),
  version: cleanText,
  dbSize: decimal().optional(),
  dbSizeInUse: decimal().optional(),
  /** From 3.6 on. */
  dbSizeQuota: decimal().optional(),
  leader: decimal().optional(),
  raftTerm: decimal().optional(),
  raftIndex: decimal().optional(),
  raftAppliedIndex: decimal().optional(),
  isLearner: z.boolean().optional(),
  errors: z.array(cleanText).max(100).optional(),
})

export const memberListSchema = z.object({
  members: z
    .array(
      z.object({
        ID: decimal(),
        name: cleanText.optional(),
        clientURLs: z.array(cleanText).max(20).optional(),
        isLearner: z.boolean().optional(),
      }),
    )
    .max(100),
})

export type Status = z.infer<typeof statusSchema>
export type ListedMember = z.infer<typeof memberListSchema>['members'][number]

export const watchLineSchema = z.object({
  result: z
    .object({
      header: headerSchema,
      created: z.boolean().optional(),
      canceled: z.boolean().optional(),
      cancel_reason: cleanText.optional(),
      compact_revision: decimal().optional(),
      events: z.array(z.object({ type: z.string().optional(), kv: keyValue() })).optional(),
    })
    .optional(),
  error: z.object({ message: cleanText.optional() }).optional(),
})

export const tokenSchema = z.object({ token: z.string().min(1).max(4096) })

/** Errors outside streams: `error` and `message` up to 3.5, `message` alone from 3.6 on. */
export const errorSchema = z.object({
  error: z.union([cleanText, z.unknown()]).optional(),
  message: cleanText.optional(),
  code: z.number().optional(),
})

/** Base64 as the gateway wants keys and passwords of a request. */
export function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

/** Text of a base64 field of a reply. */
export function fromBase64(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8')
}

function decimal() {
  return z.string().regex(/^\d{1,20}$/)
}

function keyValue() {
  return z.object({
    key: z.string(),
    value: z.string().optional(),
    create_revision: decimal().optional(),
    mod_revision: decimal().optional(),
  })
}
