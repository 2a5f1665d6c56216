import type { ArchivingHeld } from './archiving-held.ts'

/** What the leader's `pg_stat_archiver` and its queue tell of archiving. */
export interface ArchiverSeen {
  observedAt: Date
  lastArchivedWal: string | null
  lastArchivedAt: Date | null
  lastFailedWal: string | null
  lastFailedAt: Date | null
  failedCount: number
  /** `.ready` files: segments that wait for archive_command; null where that cannot be counted. */
  waitingSegments: number | null
  /** archive_timeout in seconds, 0 = none: a quiet cluster then archives nothing for as long as it stays quiet. */
  archiveTimeoutSeconds: number | null
  /** The newest recovery that held archiving back before the last failure; null or absent = none did. */
  heldBack?: ArchivingHeld | null | undefined
}

/** What one look at Postgres tells of archiving. */
export interface ArchiverReading extends Omit<ArchiverSeen, 'observedAt' | 'heldBack'> {
  walSegmentSizeBytes: number
}

/** True while the newest attempt failed: it will be repeated until it works, and WAL piles up meanwhile. */
export function isArchiverFailing({ lastArchivedAt, lastFailedAt }: ArchiverSeen): boolean {
  return lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt)
}

/** True where the leader has not told for so long that what it told may no longer hold. */
export function isArchiverOld({ observedAt }: ArchiverSeen, now: Date): boolean {
  return now.getTime() - observedAt.getTime() > archiverHoldsMs
}

/** True where archiving is seen to work: what was written last is archived before anybody recovers. */
export function canArchiveMore(archiver: ArchiverSeen | null, now: Date): boolean {
  return archiver !== null && !isArchiverOld(archiver, now) && !isArchiverFailing(archiver)
}

const archiverHoldsMs = 300_000
