import { isDeepStrictEqual } from 'node:util'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { choiceInView } from '#domain/recovery/choice-in-view.ts'
import { backupsFault } from '#domain/plan/plan-restore/backups-fault.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { targetWords } from '#domain/recovery/target-words.ts'

/** What a recovery aims at: the plan's target, or the one that somebody moved it to. */
export interface Aim {
  target: RecoveryTarget
  targetWords: string
  set: string
  repository: number
  targetTimeline: number
}

/** The end of what can be recovered while the cluster stands still. */
export interface ArchivedTo {
  timeline: number
  lsn: number | null
  at: Date
}

/** The plan's own aim. */
export function plannedAim({ target, targetWords: words, set, repository, targetTimeline }: RestorePlan): Aim {
  return { target, targetWords: words, set, repository, targetTimeline }
}

/** The aim of a recovery that is moved to another target, by the same rules as the plan's; a sentence where it cannot be reached. */
export function movedAim(given: {
  plan: RestorePlan
  snapshot: Snapshot
  backups: BackupView | null
  target: RecoveryTarget
  /** How far the leader archived before it was stopped. */
  archivedTo: ArchivedTo | null
  now: Date
}): Aim | { refusal: string } {
  const { plan, snapshot, backups, target, archivedTo, now } = given
  const { repository } = plan
  // The cluster stands still by now: only what is archived counts.
  const choice =
    backups === null
      ? null
      : choiceInView({ snapshot, backups, target, repository, archivesFirst: false, archivedTo, now })
  const [fault] = backupsFault({ snapshot, backups, target, choice, repository })
  if (fault !== undefined) return { refusal: fault }
  if (choice?.kind !== 'chosen') return { refusal: choice?.sentence ?? 'The backups were not read yet.' }
  const { backup, targetTimeline } = choice
  return { target, targetWords: targetWords(target), set: backup.label, repository: backup.repository, targetTimeline }
}

/** True for two targets that mean the same. */
export function isSameTarget(one: RecoveryTarget, other: RecoveryTarget): boolean {
  return isDeepStrictEqual(told(one), told(other))
}

/** Without what is not said, which JSON drops. */
function told(target: RecoveryTarget): Record<string, unknown> {
  return Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined && value !== false))
}
