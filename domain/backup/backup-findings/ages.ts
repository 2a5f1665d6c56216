import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { BackupJudgedCase } from '#domain/backup/backup-judged-case.ts'
import { isRepositoryReadable } from '#domain/backup/backup-repository.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import { lastDue } from '#domain/backup/backup-schedule.ts'
import { backupTypeWord, type Backup } from '#domain/backup/backup.ts'
import { alsoMissed, unmadeRuns } from '#domain/backup/due-runs.ts'
import { formatAge, formatDuration, formatInstant } from '#domain/format.ts'

/** Whether there are backups at all, whether they are as new as they should be, and one that takes too long. */
export function ageFindings(given: BackupJudgedCase): BackupFinding[] {
  const overdue = fullOverdue(given)
  const old = overdue.length > 0 ? [] : gettingOld(given)
  return [...noBackup(given), ...overdue, ...runMissed(given), ...old, ...runningLong(given)]
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
function fullOverdue({ stanza, schedule, scheduledSince, now }: BackupJudgedCase): BackupFinding[] {
  const newest = newestOf(fullsOf(stanza))
  if (schedule === null || newest === undefined) return []
  const graceMs = newest.stoppedAt.getTime() - newest.startedAt.getTime() + 3_600_000
  const due = lastDue(schedule, new Date(now.getTime() - graceMs), 'full')
  if (due === null || newest.startedAt >= due.at || (scheduledSince && due.at < scheduledSince)) return []
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

/** Of several the newest is told: the others are of the same cause. */
function runMissed({ stanza, runs = [] }: BackupJudgedCase): BackupFinding[] {
  const unmade = unmadeRuns(runs, ofCluster(stanza.backups))
  const [newest] = unmade.toSorted((a, b) => b.dueAt.getTime() - a.dueAt.getTime())
  if (newest === undefined) return []
  const others = alsoMissed(unmade.length - 1)
  const kind = newest.type === null ? 'backup' : `${backupTypeWord(newest.type)} backup`
  return [
    {
      kind: 'run-missed',
      severity: 'warning',
      repository: null,
      backup: null,
      sentence:
        `The ${kind} that was due at ${formatInstant(newest.dueAt)} was missed. ${newest.sentence ?? ''}${others}`.trim(),
      advice: 'Take one now, and see that a worker runs and that the cluster is well when the next is due.',
    },
  ]
}

/** Where no schedule says what is due, or one has only been set, a full backup a week and one of any type a day are taken for usual. */
function gettingOld({ stanza, schedule, scheduledSince, now }: BackupJudgedCase): BackupFinding[] {
  if (schedule !== null && !(scheduledSince && isYoung(scheduledSince, now))) return []
  const full = newestOf(fullsOf(stanza))
  const latest = newestOf(ofCluster(stanza.backups))
  return [
    ...(full === undefined ? [] : oldFinding(full, 'full-overdue', fullOldMs, now)),
    // That the newest of all is old is said once.
    ...(latest === undefined || (latest === full && isOlder(full, fullOldMs, now))
      ? []
      : oldFinding(latest, 'backup-old', anyOldMs, now)),
  ]
}

function oldFinding(newest: Backup, kind: 'full-overdue' | 'backup-old', oldMs: number, now: Date): BackupFinding[] {
  if (!isOlder(newest, oldMs, now)) return []
  const { repository, label, stoppedAt } = newest
  const [name, wanted] = kind === 'full-overdue' ? ['full backup', 'a full backup'] : ['backup', 'a backup']
  return [
    {
      kind,
      severity: 'warning',
      repository,
      backup: label,
      sentence: `The newest ${name} is ${formatAge(stoppedAt, now)} old.`,
      advice: `See whether backups still run where they are scheduled, or take ${wanted}.`,
    },
  ]
}

function isOlder({ stoppedAt }: Backup, ms: number, now: Date): boolean {
  return now.getTime() - stoppedAt.getTime() > ms
}

/** No full backup may have been due by it yet. */
function isYoung(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() < fullOldMs
}

const dayMs = 86_400_000
const fullOldMs = 8 * dayMs
const anyOldMs = 2 * dayMs

/** Twice as long as the longest of its kind is long; a first backup is given a day. */
function runningLong({ stanza, runningSince, now }: BackupJudgedCase): BackupFinding[] {
  if (!stanza.backup.isRunning || runningSince === null) return []
  const longestMs = Math.max(0, ...ofCluster(stanza.backups).map((backup) => durationMs(backup)))
  const allowedMs = longestMs === 0 ? dayMs : Math.max(3_600_000, 2 * longestMs)
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

function fullsOf({ backups }: BackupStanza): Backup[] {
  return ofCluster(backups).filter(({ type }) => type === 'full')
}

function newestOf(backups: readonly Backup[]): Backup | undefined {
  return backups.toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime()).at(-1)
}
