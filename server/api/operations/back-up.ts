import type { BackupPlan, BackupWish } from '#domain/plan/backup-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planBackup } from '#domain/plan/plan-backup.ts'
import { AppError } from '#server/errors.ts'
import { requestBackup } from '#server/operations/request/request-backup.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { agentSights } from '#server/store/agent-sights.ts'

export interface BackupAsked extends BackupWish {
  cluster: string
}

/** What the backup would do as of the newest snapshot; throws AppError `refused` before the first. */
export async function previewBackup(store: Store, { cluster: name, ...wish }: BackupAsked): Promise<BackupPlan> {
  const cluster = await needCluster(store, name)
  const [snapshot, agents] = await Promise.all([latestSnapshot(store, cluster.id), agentSights(store, cluster.id)])
  if (!snapshot) throw new AppError('refused', `The console has not looked at ${cluster.name} yet. Wait a few seconds.`)
  return planBackup(snapshot, agents, wish, new Date())
}

/** Asks for a backup; operation, audit record and the order to the worker are committed together. */
export async function requestBackupOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, reason, idempotencyKey, ...wish }: BackupAsked & { reason: string; idempotencyKey: string },
): Promise<Operation> {
  const cluster = await needCluster(store, name)
  act.on({ target: cluster.name, cluster, reason, detail: wish })
  const agents = await agentSights(store, cluster.id)
  return act.leaveTo(() => requestBackup(store, { actor: act.actor, cluster, wish, agents, reason, idempotencyKey }))
}
