import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import type { ArchiveView, BackupView } from '#domain/backup/backup-view.ts'

/** Until the next look at a cluster's backups, ms. */
export function restMs(stanza: BackupStanza | null): number {
  return stanza?.backup.isRunning ? runningMs : quietMs
}

/** How much of the archive is to be listed: all of it now and then, only its growing ends where it has grown, else nothing. */
export function archiveDue(
  last: BackupView | null,
  {
    stanza,
    timeline,
    wholeAt,
    now,
  }: { stanza: BackupStanza; timeline: number | null; wholeAt: Date | null; now: Date },
): 'whole' | 'ends' | 'nothing' {
  const isFailed = last?.problems.some(({ part }) => part === 'archive') ?? false
  if (!last?.archive || isFailed || wholeAt === null || now.getTime() - wholeAt.getTime() >= wholeMs) return 'whole'
  if (last.timeline !== timeline || isHistoryAwaited(last.archive, timeline)) return 'ends'
  const isSame = JSON.stringify(archiveEnds(stanza)) === JSON.stringify(archiveEnds(last.stanza))
  // A backup that is new makes new windows of the same files.
  return isSame && stanza.backups.length === last.stanza?.backups.length ? 'nothing' : 'ends'
}

/** Postgres archives the history of a new timeline some time after the promotion. */
function isHistoryAwaited({ histories }: ArchiveView, timeline: number | null): boolean {
  return timeline !== null && timeline > 1 && !histories.some((history) => history.timeline === timeline)
}

/** Which folders are asked for: all, or those not known and those at the ends of what is there. */
export function foldersToList(
  folders: readonly string[],
  known: ReadonlySet<string>,
  extent: 'whole' | 'ends',
): string[] {
  if (extent === 'whole') return [...folders]
  const [first] = folders
  const newest = new Set(
    [...new Set(folders.map(timelineOf))].flatMap((timeline) =>
      // Segments that are archived side by side may still arrive in the folder before.
      folders.filter((folder) => timelineOf(folder) === timeline).slice(-2),
    ),
  )
  return folders.filter((folder) => folder === first || newest.has(folder) || !known.has(folder))
}

const quietMs = 60_000
const runningMs = 5_000
const wholeMs = 300_000

function timelineOf(folder: string): string {
  return folder.slice(0, 8)
}

function archiveEnds(stanza: BackupStanza | null): unknown {
  return stanza?.archives.map(({ repository, id, walMax }) => [repository, id, walMax])
}
