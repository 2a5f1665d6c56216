import { z } from 'zod'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import type { RepositoryPlan } from '#domain/plan/repository-plan.ts'
import type { RepositoryResult } from '#domain/backup/repository-result.ts'
import { planFields } from './plan-fields.ts'

const text = z.string()

export const choreKinds = ['repository-check', 'repository-verify', 'repository-expire', 'stanza-create'] as const
const kind = z.enum(choreKinds)

export const expiryPreview: z.ZodType<ExpiryPreview> = z.object({
  backups: z.array(z.object({ repository: z.int(), label: text })),
  archives: z.array(z.object({ repository: z.int(), archiveId: text, first: text, last: text })),
})

export const repositoryPlan: z.ZodType<RepositoryPlan> = z.object({
  ...planFields,
  kind,
  node: text,
  nodeReason: text,
  stanza: text,
  repository: z.int(),
  set: text.nullable(),
  preview: expiryPreview.nullable(),
})

export const repositoryResult: z.ZodType<RepositoryResult> = z.object({
  kind,
  node: text,
  repository: z.int(),
  isSound: z.boolean(),
  findings: z.array(text),
  expired: expiryPreview.nullable(),
  checkedFiles: z.int().nullable(),
})
