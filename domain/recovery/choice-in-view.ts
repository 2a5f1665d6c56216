import { isArchiverFailing } from '#domain/wal/archiver-seen.ts'
import type { BackupChoice, RecoveryTarget, StillArchives } from './backup-choice.ts'
import { type BackupView, windowsIn } from '#domain/backup/backup-view.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { chooseBackup } from './choose-backup.ts'
import { refused } from './choice-words.ts'
import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import { otherDatabases } from '#domain/backup/other-cluster.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { targetFault } from './target-fault.ts'
import { historyFromPatroni, type TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/** The backup for a target as far as the cluster's backups were read; `repository` null = whichever serves best. */
export function choiceInView(given: {
  snapshot: Snapshot
  backups: BackupView
  target: RecoveryTarget
  repository: number | null
  /** False = nothing is asked of the leader before: only what is archived counts. */
  archivesFirst: boolean
  /** How far the leader archived before it was stopped, where it was: its last commit is there. */
  archivedTo?: { timeline: number; lsn: number | null; at: Date } | null
  now: Date
}): BackupChoice {
  const { snapshot, backups, target, repository, now, archivedTo } = given
  const fault = targetFault(target)
  if (fault !== null) return refused(fault)
  const others = backups.stanza === null ? [] : otherDatabases(backups.stanza, snapshot.systemIdentifier)
  const windows = windowsIn(backups)
    .filter((window) => repository === null || window.repository === repository)
    .filter((window) => !others.some((other) => other.repository === window.repository))
  if (backups.archive === null) {
    return refused('The archive has not been listed yet, so nobody can tell what can be recovered. Wait a minute.')
  }
  if (windows.length === 0 && repository !== null) {
    return refused(
      `Nothing can be recovered from repository ${repository}: it has no backup with the WAL that it needs.`,
    )
  }
  const { walSegmentSizeBytes } = backups
  const working = given.archivesFirst ? stillArchives(snapshot, backups, now) : null
  return chooseBackup({
    target,
    windows,
    history: currentHistory(snapshot, backups, archivedTo?.timeline ?? null),
    lastCommitAt: null,
    stillArchives: archivedTo ? { ...archivedTo, until: archivedTo.at, walSegmentSizeBytes } : working,
    now,
  })
}

/** The history of the timeline that the cluster is on, or of the one that is said; null where that is not known. */
export function currentHistory(
  snapshot: Snapshot,
  { timeline: seen, archive }: BackupView,
  said: number | null = null,
): TimelineHistory | null {
  const timeline = said ?? leaderTimelineOf(snapshot) ?? seen
  if (timeline === null) return null
  const archived = archive?.histories.find((history) => history.timeline === timeline)
  return archived ?? historyFromPatroni(snapshot.history, timeline)
}

/** What the leader can still add to the archive; null where it does not work or its archiver fails. */
function stillArchives(
  snapshot: Snapshot,
  { archiver, walSegmentSizeBytes }: BackupView,
  now: Date,
): StillArchives | null {
  const leader = leaderStateOf(snapshot, now)
  const timeline = leaderTimelineOf(snapshot)
  if (leader.kind !== 'working' || timeline === null) return null
  if (archiver !== null && isArchiverFailing(archiver)) return null
  return { timeline, lsn: leader.member.lsn, walSegmentSizeBytes }
}
