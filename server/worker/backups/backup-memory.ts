import type { BackupSettings } from '#server/adapters/agent/pgbackrest.ts'
import type { ArchivedWal } from '#domain/wal/archived-wal.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/** What a worker remembers of one cluster between looks: what seldom or never changes. */
export class BackupMemory {
  /** By agent. */
  readonly settings = new Map<string, BackupSettings & { readAt: Date }>()
  /** Segments by repository, archive and folder. */
  readonly folders = new Map<string, Pick<ArchivedWal, 'segments' | 'partials'>>()
  /** By repository, archive and file; null = it cannot be understood. */
  readonly histories = new Map<string, TimelineHistory | null>()
  /** When the archive was last listed whole. */
  wholeAt: Date | null = null
}
