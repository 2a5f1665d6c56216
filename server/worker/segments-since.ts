import type { ArchivedSegment } from '#domain/wal/archived-wal.ts'
import { foldersOnPath } from '#domain/wal/segments-between.ts'
import type { TimelinePath } from '#domain/wal/timeline-path.ts'
import {
  readArchiveFolder,
  readArchiveFolders,
  type ArchivePlace,
  type AskedAgent,
} from '#server/adapters/agent/pgbackrest.ts'

/** A folder holds 4 GiB of WAL; further back than this nobody looks. */
const mostFolders = 64

interface LineToList {
  path: TimelinePath
  walSegmentSizeBytes: number
  isFarEnough: (segment: ArchivedSegment) => boolean
}

/** Lists the archive of a line of timelines from its end back to the folder with a segment that is far enough. */
export async function segmentsSince(
  asked: AskedAgent,
  at: ArchivePlace,
  { path, walSegmentSizeBytes, isFarEnough }: LineToList,
): Promise<ArchivedSegment[]> {
  const { folders } = await readArchiveFolders(asked, at)
  const found: ArchivedSegment[] = []
  for (const folder of foldersOnPath(folders, path, walSegmentSizeBytes).slice(0, mostFolders)) {
    const { segments } = await readArchiveFolder(asked, at, folder)
    found.push(...segments)
    if (segments.some(isFarEnough)) break
  }
  return found
}
