import { z } from 'zod'
import type { ArchiverSeen } from '#domain/wal/archiver-seen.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { fromJson } from '#domain/json.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import { lastBackupOf, type LastBackup } from '#domain/backup/last-backup.ts'
import { archivingHeld } from './archiving-held.ts'
import { notify } from './notify.ts'
import { inTransaction, type Store } from './open.ts'
import { schedulesSeen } from './schedules-seen.ts'

/** A cluster's backups as they are kept. */
export interface StoredBackups {
  /** What was last seen; null = nothing yet. */
  view: BackupView | null
  takenAt: Date | null
  /** Why the newest look brought nothing; null = it did. */
  problem: string | null
  problemSince: Date | null
}

/** What a look brought: a view, or why there is none. */
export type BackupLook = { view: BackupView } | { problem: string }

/** The backups of a cluster as last seen; without a single look, nothing of it. */
export async function readBackups(store: Store, clusterId: string): Promise<StoredBackups> {
  const { rows } = await store.pool.query<{
    body: unknown
    taken_at: Date | null
    problem: string | null
    problem_since: Date | null
  }>('select body, taken_at, problem, problem_since from backup_view where cluster_id = $1', [clusterId])
  const [row] = rows
  const view = row?.body ? fromJson<BackupView>(row.body) : null
  return {
    view: view && { ...view, archiver: view.archiver && (await withHolder(store, clusterId, view.archiver)) },
    takenAt: row?.taken_at ?? null,
    problem: row?.problem ?? null,
    problemSince: row?.problem_since ?? null,
  }
}

/** Always as operations are now: a view that is kept may have it from an earlier reading. */
async function withHolder(store: Store, clusterId: string, archiver: ArchiverSeen): Promise<ArchiverSeen> {
  const { heldBack: _, ...seen } = archiver
  const heldBack = seen.lastFailedAt && (await archivingHeld(store, clusterId, seen.lastFailedAt))
  return heldBack === null ? seen : { ...seen, heldBack }
}

/** Keeps what a look brought and tells of it; a problem leaves the view as it was. False when the lease is another's by now. */
export async function saveBackups(
  store: Store,
  { clusterId, executorId, look, at }: { clusterId: string; executorId: string; look: BackupLook; at: Date },
): Promise<boolean> {
  const view = 'view' in look ? look.view : (await readBackups(store, clusterId)).view
  const { at: lastBackupAt, overdue } = view === null ? nothing : await lastBackup(store, clusterId, view, at)
  return inTransaction(store, async (tx) => {
    const lease = await tx.query('select from cluster_lease where cluster_id = $1 and executor_id = $2 for share', [
      clusterId,
      executorId,
    ])
    if (lease.rowCount !== 1) return false
    if ('view' in look) await tx.query(keepView, [clusterId, JSON.stringify(look.view), at, lastBackupAt, overdue])
    else await tx.query(keepProblem, [clusterId, look.problem.slice(0, 2_000), at, overdue])
    await notify(tx, { kind: 'backups', clusterId })
    return true
  })
}

const nothing: LastBackup = { at: null, overdue: null }

/** What the fleet's line says: a backup becomes overdue also while nobody can be asked. */
async function lastBackup(store: Store, clusterId: string, view: BackupView, now: Date): Promise<LastBackup> {
  const { scheduled } = await schedulesSeen(store, clusterId)
  return lastBackupOf(view, judgeBackups(view, now, { scheduled }).findings)
}

/** The node that a running operation makes a backup on; null while there is none. */
export async function nodeBackingUp(store: Store, clusterId: string): Promise<string | null> {
  const { rows } = await store.pool.query<{ plan: unknown }>(
    `select plan from operation
      where cluster_id = $1 and kind = 'backup' and state in ('running', 'waiting')
      order by requested_at desc limit 1`,
    [clusterId],
  )
  return z.object({ node: z.string() }).safeParse(rows[0]?.plan).data?.node ?? null
}

const keepView = `
  insert into backup_view (cluster_id, body, taken_at, last_backup_at, overdue) values ($1, $2, $3, $4, $5)
  on conflict (cluster_id) do update
     set body = excluded.body, taken_at = excluded.taken_at, last_backup_at = excluded.last_backup_at,
         overdue = excluded.overdue, problem = null, problem_since = null`

const keepProblem = `
  insert into backup_view as kept (cluster_id, problem, problem_since, overdue) values ($1, $2, $3, $4)
  on conflict (cluster_id) do update
     set problem = excluded.problem, overdue = excluded.overdue,
         problem_since = coalesce(kept.problem_since, excluded.problem_since)`
