import { missingReferences, type Backup } from './backup.ts'
import type { RecoveryEvidence } from '#domain/recovery/recovery-window.ts'
import type { TimelinePath } from '#domain/wal/timeline-path.ts'
import type { WalRun } from '#domain/wal/wal-runs.ts'
import { parseWalSegment, segmentNumber } from '#domain/wal/wal-segment.ts'

/** The backups that recovery can start from to replay a run of WAL along a path: of this cluster, whole, taken on the path, their own WAL in the run; oldest first. */
export function servingBackups(evidence: RecoveryEvidence, path: TimelinePath, run: WalRun): Backup[] {
  const { backups, archived, walSegmentSizeBytes } = evidence
  return backups
    .filter((backup) => backup.repository === archived.repository && backup.isOfThisCluster)
    .filter((backup) => isOnPath(backup, path) && isWithin(backup, run, walSegmentSizeBytes))
    .filter((backup) => missingReferences(backup, backups).length === 0)
    .toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime())
}

/** Postgres refuses a backup that ended after its timeline was left (`requested timeline is not a child of this server's history`). */
function isOnPath({ timeline, lsnStop }: Backup, path: TimelinePath): boolean {
  const stretch = path.stretches.find((each) => each.timeline === timeline)
  if (stretch === undefined || lsnStop === null) return false
  return stretch.endLsn === null || lsnStop <= stretch.endLsn
}

function isWithin({ walStart, walStop }: Backup, run: WalRun, walSegmentSizeBytes: number): boolean {
  const [first, last] = [walStart, walStop].map((name) => parseWalSegment(name ?? '', walSegmentSizeBytes))
  if (!first || !last) return false
  return segmentNumber(first, walSegmentSizeBytes) >= run.first && segmentNumber(last, walSegmentSizeBytes) <= run.last
}
