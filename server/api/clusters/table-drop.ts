import { type TableDrop, tableDrop } from '#domain/table-drop.ts'
import { readBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { pastRestores } from '#server/store/past-restores.ts'
import { rehearsalsSeen } from '#server/store/rehearsals-seen.ts'

/** What would be if somebody dropped a table of the cluster now; null where nothing of its backups was ever seen. */
export async function tableDropOf(store: Store, clusterId: string): Promise<TableDrop | null> {
  const { view } = await readBackups(store, clusterId)
  if (view === null) return null
  const [rehearsals, past] = await Promise.all([rehearsalsSeen(store, clusterId), pastRestores(store, clusterId)])
  return tableDrop({ backups: view, rehearsals, past, now: new Date() })
}
