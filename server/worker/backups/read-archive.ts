import type { ArchivedSegment, ArchivedWal } from '#domain/wal/archived-wal.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import { keepWindow, type ArchiveView } from '#domain/backup/backup-view.ts'
import { recoveryWindows } from '#domain/recovery/recovery-windows-of.ts'
import { parseTimelineHistory, type TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { walGaps } from '#domain/wal/wal-gaps.ts'
import { type WalMark, walMarks } from '#domain/wal/wal-marks.ts'
import {
  readArchiveFolder,
  readArchiveFolders,
  readHistoryText,
  type ArchivePlace,
  type AskedAgent,
} from '#server/adapters/agent/pgbackrest.ts'
import { LookError } from '#server/adapters/look-error.ts'
import type { BackupMemory } from './backup-memory.ts'
import { foldersToList } from './when-to-look.ts'

export interface ArchiveQuestion {
  stanza: BackupStanza
  walSegmentSizeBytes: number
  memory: BackupMemory
  extent: 'whole' | 'ends'
  now: Date
}

/** Lists the archives of this cluster in all repositories and works out what can be recovered with them. */
export async function readArchive(asked: AskedAgent, question: ArchiveQuestion): Promise<ArchiveView> {
  const { stanza, walSegmentSizeBytes, now } = question
  const view: ArchiveView = { listedAt: now, windows: [], gaps: [], histories: [] }
  const marks: WalMark[] = []
  for (const { repository, id: archiveId } of stanza.archives.filter(({ isOfThisCluster }) => isOfThisCluster)) {
    const at = { stanza: stanza.name, repository, archiveId }
    const { archived, histories } = await listArchive(asked, at, question)
    const evidence = { backups: stanza.backups, archived, histories, walSegmentSizeBytes }
    view.windows.push(...recoveryWindows(evidence).map(keepWindow))
    view.gaps.push(...walGaps(archived, histories, walSegmentSizeBytes).map((gap) => ({ repository, gap })))
    marks.push(...walMarks(archived, walSegmentSizeBytes))
    const known = new Set(view.histories.map(({ timeline }) => timeline))
    view.histories.push(...histories.filter(({ timeline }) => !known.has(timeline)))
  }
  return { ...view, marks: marks.toSorted((a, b) => b.timeline - a.timeline) }
}

const mostFolders = 1_024

async function listArchive(
  asked: AskedAgent,
  at: ArchivePlace,
  { memory, extent }: ArchiveQuestion,
): Promise<{ archived: ArchivedWal; histories: TimelineHistory[] }> {
  const { folders, histories } = await readArchiveFolders(asked, at)
  if (folders.length > mostFolders) {
    const sentence = `The archive ${at.archiveId} of repository ${at.repository} has ${folders.length} folders, and no more than ${mostFolders} are listed: see whether old WAL expires.`
    throw new LookError('too-large', sentence)
  }
  const keyOf = (name: string) => `${at.repository} ${at.archiveId} ${name}`
  const known = new Set(folders.filter((folder) => memory.folders.has(keyOf(folder))))
  for (const folder of foldersToList(folders, known, extent)) {
    const { segments, partials } = await readArchiveFolder(asked, at, folder)
    memory.folders.set(keyOf(folder), { segments, partials })
  }
  const wanted = new Set(folders.map(keyOf))
  for (const key of memory.folders.keys()) {
    if (key.startsWith(keyOf('')) && !wanted.has(key)) memory.folders.delete(key)
  }
  const read: TimelineHistory[] = []
  for (const { timeline, archivedAt } of histories) {
    const key = keyOf(`${timeline} ${archivedAt.getTime()}`)
    if (!memory.histories.has(key)) {
      const text = await readHistoryText(asked, at, timeline)
      memory.histories.set(key, parseTimelineHistory(timeline, text, archivedAt))
    }
    const history = memory.histories.get(key)
    if (history) read.push(history)
  }
  const held = folders.map((folder) => memory.folders.get(keyOf(folder)))
  const all = (part: 'segments' | 'partials'): ArchivedSegment[] => held.flatMap((each) => each?.[part] ?? [])
  const { repository, archiveId } = at
  return {
    archived: { repository, archiveId, segments: all('segments'), partials: all('partials'), histories },
    histories: read,
  }
}
