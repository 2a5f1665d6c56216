import type { RestoreLoss } from '../restore-plan.ts'
import type { BackupChoice, RecoveryTarget } from '../backup-choice.ts'
import type { RestorePlanning } from './planning.ts'

/** What is given up: the time since the target, and the WAL since, where its position is known. */
export function lossOf({ snapshot, wish, choice, now }: Omit<RestorePlanning, 'wayBack'>): RestoreLoss {
  const leader = snapshot.members.find(({ name }) => name === snapshot.leader?.name)
  const timeline = leader?.timeline ?? null
  const from = wish.target.type === 'default' ? (leader?.lsn ?? null) : positionOf(wish.target, choice)
  const isSameLine = choice?.kind === 'chosen' && choice.targetTimeline === timeline
  const walBytes = from === null || !isSameLine || leader?.lsn == null ? null : Math.max(0, leader.lsn - from)
  return { fromAt: momentOf(wish.target, choice), toAt: now, walBytes }
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
