import { isArchiverFailing } from '#domain/wal/archiver-seen.ts'
import { isHeldBack } from '#domain/wal/archiving-held.ts'
import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { BackupJudgedCase } from '#domain/backup/backup-judged-case.ts'
import { forAge, formatAge, formatBytes } from '#domain/format.ts'
import { count } from '#domain/words.ts'

/** What keeps WAL on the leader from reaching the archive. */
export function archiverFindings(given: BackupJudgedCase): BackupFinding[] {
  return [...failing(given), ...queue(given), ...stale(given)]
}

function failing({ archiver, now }: BackupJudgedCase): BackupFinding[] {
  if (archiver === null || !isArchiverFailing(archiver) || isHeldBack(archiver)) return []
  const { lastArchivedAt, lastFailedWal } = archiver
  const since = lastArchivedAt === null ? 'nothing was ever archived' : `nothing has been${forAge(lastArchivedAt, now)}`
  const isLong = lastArchivedAt === null || now.getTime() - lastArchivedAt.getTime() > failingTooLongMs
  return [
    {
      kind: 'archiver-failing',
      severity: isLong ? 'critical' : 'warning',
      repository: null,
      backup: null,
      sentence: `Archiving fails${lastFailedWal === null ? '' : ` at ${lastFailedWal}`}: ${since}.`,
      advice: 'The Postgres log on the leader has the error of archive_command. Until it works, WAL fills the disk.',
    },
  ]
}

function queue({ archiver, walSegmentSizeBytes }: BackupJudgedCase): BackupFinding[] {
  const waiting = archiver?.waitingSegments ?? 0
  if (waiting <= queueAllowed) return []
  return [
    {
      kind: 'archiver-behind',
      severity: waiting > queueCritical ? 'critical' : 'warning',
      repository: null,
      backup: null,
      sentence: `${count(waiting, 'WAL segment')} wait to be archived, ${formatBytes(waiting * walSegmentSizeBytes)}: if the leader failed now, the archive would lack them.`,
      advice: 'See whether archiving fails or is too slow; archive-async with a higher process-max is faster.',
    },
  ]
}

/** A quiet cluster without archive_timeout archives nothing, and that is no fault; how far back the newest is still counts. */
function stale({ archiver, now }: BackupJudgedCase): BackupFinding[] {
  if (archiver === null || isArchiverFailing(archiver)) return []
  const { lastArchivedAt, archiveTimeoutSeconds } = archiver
  const ageMs = lastArchivedAt === null ? Number.POSITIVE_INFINITY : now.getTime() - lastArchivedAt.getTime()
  if (archiveTimeoutSeconds === 0 || archiveTimeoutSeconds === null) {
    if (lastArchivedAt === null || ageMs <= quietTooLongMs) return []
    return [
      {
        kind: 'archive-stale',
        severity: 'info',
        repository: null,
        backup: null,
        sentence: `Nothing has been archived for ${formatAge(lastArchivedAt, now)}: what was written since cannot be recovered from it.`,
        advice: 'Set archive_timeout, e.g. to 60 s, so that a quiet cluster is archived too.',
      },
    ]
  }
  // A segment without any WAL in it is not switched: only a few timeouts in a row are a sign.
  if (lastArchivedAt === null || ageMs <= Math.max(10 * archiveTimeoutSeconds * 1000, failingTooLongMs)) return []
  return [
    {
      kind: 'archive-stale',
      severity: 'warning',
      repository: null,
      backup: null,
      sentence: `Nothing has been archived for ${formatAge(lastArchivedAt, now)}, although archive_timeout is ${archiveTimeoutSeconds} s.`,
      advice: 'Where the cluster is idle, that is in order; else see whether the archiver process runs on the leader.',
    },
  ]
}

const failingTooLongMs = 900_000
const quietTooLongMs = 3_600_000
const queueAllowed = 16
const queueCritical = 256
