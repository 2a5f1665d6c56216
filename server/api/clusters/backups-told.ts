import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import { type TableDrop, tableDrop } from '#domain/backup/table-drop.ts'
import { readBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { pastRestores } from '#server/store/past-restores.ts'
import { rehearsalsSeen } from '#server/store/rehearsals-seen.ts'
import { schedulesSeen } from '#server/store/schedules-seen.ts'

/** What the overview of a cluster tells of its backups; null where nothing of them was ever seen, or nothing stands out. */
export interface BackupsTold {
  tableDrop: TableDrop | null
  /** The worst of what stands out; notes are left to the page of the backups. */
  backupFinding: BackupFinding | null
}

/** What would be if somebody dropped a table of the cluster now, and the worst that its backups and rehearsals show. */
export async function backupsToldOf(store: Store, clusterId: string): Promise<BackupsTold> {
  const { view } = await readBackups(store, clusterId)
  if (view === null) return { tableDrop: null, backupFinding: null }
  const [rehearsals, past, schedules] = await Promise.all([
    rehearsalsSeen(store, clusterId),
    pastRestores(store, clusterId),
    schedulesSeen(store, clusterId),
  ])
  const now = new Date()
  const [worst] = judgeBackups(view, now, { rehearsals, ...schedules }).findings
  return {
    tableDrop: tableDrop({ backups: view, rehearsals, past, now }),
    backupFinding: worst === undefined || worst.severity === 'info' ? null : worst,
  }
}
