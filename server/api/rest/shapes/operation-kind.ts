import { z } from 'zod'
import type { OperationKind } from '#domain/operation/operation.ts'
import { choreKinds } from './repositories.ts'

/** What moves the lead, or plans to. */
export const kindOfMove = z.enum(['switchover', 'schedule-switchover', 'cancel-scheduled-switchover'])

const kinds = [
  ...kindOfMove.options,
  'failover',
  ...choreKinds,
  'backup',
  'restore',
  'rehearsal',
  'release-kept-data',
  'reinitialise',
  'signal-backend',
  'haproxy-command',
  'pooler-command',
  'pooler-pause',
  'remove-cluster',
] as const

/** Everything that an operation may be. */
export const operationKind: z.ZodType<OperationKind> = z.enum(kinds)
