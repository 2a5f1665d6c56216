import { isArchiverFailing } from '#domain/wal/archiver-seen.ts'
import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { BackupJudgedCase } from '#domain/backup/backup-judged-case.ts'
import { parseWalSegment, segmentNumber } from '#domain/wal/wal-segment.ts'
import type { WalGap } from '#domain/wal/wal-gaps.ts'
import { count } from '#domain/words.ts'

/** What the archive lacks: gaps, and segments that Postgres was told are archived. */
export function archiveFindings(given: BackupJudgedCase): BackupFinding[] {
  return [...gaps(given), ...behind(given)]
}

function gaps({ gaps: found, stanza, now }: BackupJudgedCase): BackupFinding[] {
  const lasting = found.filter(
    ({ gap: { passedAt } }) => passedAt === null || now.getTime() - passedAt.getTime() > settleMs,
  )
  return lasting.map(({ repository, gap }) => {
    const isAfterAll = !stanza.backups.some(
      (backup) => backup.repository === repository && backup.isOfThisCluster && isLater(backup.walStart, gap),
    )
    return {
      kind: 'wal-gap',
      severity: isAfterAll ? 'critical' : 'info',
      repository,
      backup: null,
      sentence: `${gapName(gap)} missing from the archive in repository ${repository}: recovery cannot pass there.`,
      advice: isAfterAll
        ? 'Take a new backup at once: until then nothing later than the gap can be recovered.'
        : 'Moments from there to the end of the next backup cannot be recovered. Later ones can.',
    }
  })
}

/** A backup that begins after the gap recovers everything from its own end on. */
function isLater(walStart: string | null, { last }: WalGap): boolean {
  return walStart !== null && walStart.slice(8) > last.slice(8)
}

function gapName({ first, last, segments, timeline }: WalGap): string {
  if (segments === 1) return `WAL segment ${first} is`
  return `${count(segments, 'WAL segment')} of timeline ${timeline}, ${first} to ${last}, are`
}

/** With archive-push-queue-max pgBackRest drops WAL and tells Postgres that it is archived: only this comparison shows it. */
function behind({ archiver, stanza, walSegmentSizeBytes }: BackupJudgedCase): BackupFinding[] {
  if (archiver === null || isArchiverFailing(archiver)) return []
  return stanza.archives
    .filter(({ isOfThisCluster }) => isOfThisCluster)
    .flatMap(({ repository, walMax }) => {
      const told = parseWalSegment(archiver.lastArchivedWal ?? '', walSegmentSizeBytes)
      const held = parseWalSegment(walMax ?? '', walSegmentSizeBytes)
      if (told === null || held === null || told.timeline !== held.timeline) return []
      const missing = segmentNumber(told, walSegmentSizeBytes) - segmentNumber(held, walSegmentSizeBytes)
      if (missing <= behindAllowed) return []
      return [
        {
          kind: 'archive-behind' as const,
          severity: 'critical' as const,
          repository,
          backup: null,
          sentence: `Repository ${repository} ends at ${walMax}, ${count(missing, 'segment')} before what Postgres takes for archived.`,
          advice:
            'Look for "dropped WAL file" in the Postgres log (archive-push-queue-max); if so, take a new backup at once.',
        },
      ]
    })
}

/** What is archived side by side arrives out of order, but soon. */
const settleMs = 120_000

/** The two are looked at one after the other, and segments are archived meanwhile. */
const behindAllowed = 3
