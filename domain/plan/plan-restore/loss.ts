import type { RestoreLoss } from '#domain/plan/restore-plan.ts'
import type { BackupChoice, RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { currentHistory } from '#domain/recovery/choice-in-view.ts'
import type { WalMark } from '#domain/wal/wal-marks.ts'
import type { RestorePlanning } from './planning.ts'

/** What is given up: the time since the target, and the WAL since, as far as its position is known or bounded. */
export function lossOf(given: Omit<RestorePlanning, 'wayBack'>): RestoreLoss {
  const { snapshot, wish, choice, now } = given
  const leader = snapshot.members.find(({ name }) => name === snapshot.leader?.name)
  const timeline = leader?.timeline ?? null
  const lsn = leader?.lsn ?? null
  const isSameLine = choice?.kind === 'chosen' && choice.targetTimeline === timeline
  const since = (from: number | null) => (from === null || lsn === null || !isSameLine ? null : Math.max(0, lsn - from))
  const fromAt = momentOf(wish.target, choice)
  const walBytes = since(wish.target.type === 'default' ? lsn : positionOf(wish.target, choice))
  return {
    fromAt,
    toAt: now,
    walBytes,
    walAtMostBytes: walBytes ?? (fromAt === null ? null : since(writtenBy(given, fromAt))),
  }
}

function momentOf(target: RecoveryTarget, choice: BackupChoice | null): Date | null {
  switch (target.type) {
    case 'time':
      return target.at
    case 'xid':
    case 'name':
      return target.at ?? null
    case 'immediate':
      return choice?.kind === 'chosen' ? choice.backup.stoppedAt : null
    case 'lsn':
    case 'default':
      return null
  }
}

function positionOf(target: RecoveryTarget, choice: BackupChoice | null): number | null {
  if (target.type === 'lsn') return target.lsn
  return target.type === 'immediate' && choice?.kind === 'chosen' ? choice.backup.lsnStop : null
}

/** How far WAL had been written for sure by a moment, on the current line: up to the last segment or backup that was whole by then. */
function writtenBy({ snapshot, backups }: Pick<RestorePlanning, 'snapshot' | 'backups'>, at: Date): number | null {
  const history = backups && currentHistory(snapshot, backups)
  if (!backups || !history) return null
  const isOnLine = ({ timeline, lsn }: WalMark): boolean =>
    timeline === history.timeline ||
    history.ancestors.some((ancestor) => ancestor.timeline === timeline && lsn <= ancestor.endLsn)
  const ends = (backups.stanza?.backups ?? []).flatMap(({ timeline, lsnStop, stoppedAt, isOfThisCluster }): WalMark[] =>
    timeline === null || lsnStop === null || !isOfThisCluster
      ? []
      : [{ timeline, lsn: lsnStop, archivedAt: stoppedAt }],
  )
  const marks = [...(backups.archive?.marks ?? []), ...ends].filter(
    // An archive and pgBackRest tell whole seconds alone.
    (mark) => mark.archivedAt.getTime() + 1000 <= at.getTime() && isOnLine(mark),
  )
  return marks.length === 0 ? null : Math.max(...marks.map(({ lsn }) => lsn))
}
