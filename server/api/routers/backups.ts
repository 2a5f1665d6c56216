import { z } from 'zod'
import { backupTypes } from '#domain/backup/backup.ts'
import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { listBackups, type ListedBackups } from '../backups/list.ts'
import { ofCluster } from '../inputs/agents.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { previewBackup, requestBackupOf } from '../operations/back-up.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

const asked = z.strictObject({
  cluster: existingName,
  type: z.enum(backupTypes),
  /** Key of the repository: `repo1` is 1. */
  repository: z.int().min(1).max(256).default(1),
  fromStandby: z.boolean().default(false),
  startFast: z.boolean().default(true),
  /** Null = the one that the node's agent names, or else the cluster's scope. */
  stanza: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'Small letters, digits, dashes and underscores, at most 63.')
    .nullable()
    .default(null),
})

export const backupsRouter = router({
  list: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(ofCluster)
    .query(({ ctx, input }): Promise<ListedBackups> => listBackups(ctx.services.store, input.cluster)),

  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(asked)
    .query(({ ctx, input }): Promise<BackupPlan> => previewBackup(ctx.services.store, input)),

  /** It takes nothing away, so no name is typed to confirm it. */
  request: command({ permission: 'backup.request', concern: clusterIn(), audit: 'backups.request' })
    .input(asked.extend({ reason, idempotencyKey }))
    .mutation(({ ctx, input }): Promise<Operation> => requestBackupOf(ctx, input)),
})
