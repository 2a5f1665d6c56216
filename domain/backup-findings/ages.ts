import type { BackupFinding } from '../backup-finding.ts'
import type { BackupJudgedCase } from '../backup-judged-case.ts'
import { isRepositoryReadable } from '../backup-repository.ts'
import { lastDue } from '../backup-schedule.ts'
import type { Backup } from '../backup.ts'
import { formatAge, formatDuration, formatInstant } from '../format.ts'

/** Whether there are backups at all, whether they are as new as they should be, and one that takes too long. */
export function ageFindings(given: BackupJudgedCase): BackupFinding[] {
  return [...noBackup(given), ...fullOverdue(given), ...runningLong(given)]
}

function noBackup({ stanza }: BackupJudgedCase): BackupFinding[] {
  if (ofCluster(stanza.backups).length > 0 || !stanza.repositories.every(isRepositoryReadable)) return []
  const isOfOthers = stanza.backups.length > 0
  return [
    {
      kind: 'no-backup',
      severity: 'critical',
      repository: null,
      backup: null,
      sentence: isOfOthers
        ? 'There is no backup of this cluster, only of an earlier one: nothing that is in it now can be restored.'
        : 'There is no backup of this cluster: what is lost cannot be restored.',
      advice: stanza.backup.isRunning ? 'One may be running: wait for it to end.' : 'Take a full backup now.',
    },
  ]
}

/** A full backup counts as overdue when the one that was due has had as long as the last one took, and an hour. */
function fullOverdue({ stanza, schedule, now }: BackupJudgedCase): BackupFinding[] {
  const fulls = ofCluster(stanza.backups).filter(({ type }) => type === 'full')
  const newest = fulls.toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime()).at(-1)
  if (schedule === null || newest === undefined) return []
  const graceMs = newest.stoppedAt.getTime() - newest.startedAt.getTime() + 3_600_000
  const due = lastDue(schedule, new Date(now.getTime() - graceMs), 'full')
  if (due === null || newest.startedAt >= due.at) return []
  return [
    {
      kind: 'full-overdue',
      severity: 'warning',
      repository: newest.repository,
      backup: newest.label,
      sentence: `The newest full backup is ${formatAge(newest.stoppedAt, now)} old; one was due at ${formatInstant(due.at)}.`,
      advice: stanza.backup.isRunning
        ? 'A backup may be running: see whether it is the one that is due.'
        : 'See why the scheduled backup did not run or failed, and take a full backup.',
    },
  ]
}

/** Twice as long as the longest of its kind is long; a first backup is given a day. */
function runningLong({ stanza, runningSince, now }: BackupJudgedCase): BackupFinding[] {
  if (!stanza.backup.isRunning || runningSince === null) return []
  const longestMs = Math.max(0, ...ofCluster(stanza.backups).map((backup) => durationMs(backup)))
  const allowedMs = longestMs === 0 ? 86_400_000 : Math.max(3_600_000, 2 * longestMs)
  if (now.getTime() - runningSince.getTime() <= allowedMs) return []
  const before = longestMs === 0 ? '' : `; the longest before took ${formatDuration(longestMs)}`
  return [
    {
      kind: 'backup-running-long',
      severity: 'warning',
      repository: null,
      backup: null,
      sentence: `A backup has been running for ${formatAge(runningSince, now)}${before}.`,
      advice: 'See whether it still copies. While it runs, no other backup can start and nothing expires.',
    },
  ]
}

function durationMs({ startedAt, stoppedAt }: Backup): number {
  return stoppedAt.getTime() - startedAt.getTime()
}

function ofCluster(backups: readonly Backup[]): Backup[] {
  return backups.filter(({ isOfThisCluster }) => isOfThisCluster)
}
