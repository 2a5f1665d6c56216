import { z } from 'zod'
import { roles } from '#domain/people/permission.ts'
import { existingName } from './fields.ts'

/** What a group of the provider gives whoever is in it; a cluster is named. */
export const newGroupMapping = z.strictObject({
  group: z.string().trim().min(1, 'Is empty.').max(200, 'Is too long.'),
  role: z.enum(roles),
  scope: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all') }),
      z.strictObject({ kind: z.literal('cluster'), cluster: existingName }),
      z.strictObject({
        kind: z.literal('label'),
        label: z.string().trim().min(1, 'Is empty.').max(100, 'Is too long.'),
      }),
    ])
    .default({ kind: 'all' }),
})
