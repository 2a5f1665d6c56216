import { type ArchiverSeen, isArchiverFailing } from './archiver-seen.ts'

/** When a recovery in place ran Postgres outside Patroni, with an archive_command that fails on purpose. */
export interface ArchivingHeld {
  /** When the recovery began. */
  recoveryAt: Date
  /** Since when Postgres runs like that, and until when it did; null = it still does. */
  fromAt: Date
  untilAt: Date | null
  /** When the recovery ended as a whole; null = it is under way. */
  endedAt: Date | null
}

/** By which recovery the last failure was nothing but held back; null = it was a failure, or there was none. */
export function holderOf({ lastFailedAt, heldBack }: ArchiverSeen): ArchivingHeld | null {
  if (!heldBack || lastFailedAt === null || lastFailedAt < heldBack.fromAt) return null
  const until = heldBack.untilAt ?? heldBack.endedAt
  return until === null || lastFailedAt <= until ? heldBack : null
}

/**
 * True where what the leader told last is no failure: a recovery holds archiving back, or has just let it go and proves it now. Once the recovery is
 * over, or nothing is archived for long after it let go, it is one.
 */
export function isHeldBack(archiver: ArchiverSeen): boolean {
  if (!isArchiverFailing(archiver)) return false
  const holder = holderOf(archiver)
  if (holder === null) return false
  const { untilAt, endedAt } = holder
  const seenMs = archiver.observedAt.getTime()
  const isUnderWay = endedAt === null || seenMs <= endedAt.getTime()
  return isUnderWay && (untilAt === null || seenMs - untilAt.getTime() <= firstTryMs)
}

/** Postgres begins to archive as soon as it is restarted, and a failed try is repeated after a minute. */
const firstTryMs = 120_000
