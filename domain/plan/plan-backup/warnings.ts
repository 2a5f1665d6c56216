import { formatBytes, formatDuration, formatInstant } from '#domain/format.ts'
import type { BackupPlanning } from './planning.ts'

/** What is worth knowing before a backup is asked for, but does not stand in the way. */
export function backupWarnings(given: BackupPlanning): string[] {
  if (given.node === '') return []
  return [...spaceWarnings(given), ...switchoverWarnings(given), ...otherBackups(given)]
}

/** A backup of unknown length is taken to last no longer than a night. */
const unknownMs = 8 * 3_600_000

function spaceWarnings(given: BackupPlanning): string[] {
  const known = repositoryOf(given)
  const usual = known?.newest[given.wish.type]
  if (!known || known.freeBytes === null || !usual || known.freeBytes >= usual.bytes) return []
  return [
    `Repository ${given.wish.repository} has ${formatBytes(known.freeBytes)} free, and the last backup of this type took ${formatBytes(usual.bytes)}. Old backups are removed only after a new one has succeeded.`,
  ]
}

function switchoverWarnings(given: BackupPlanning): string[] {
  const { snapshot, now, wish } = given
  const standing = snapshot.scheduledSwitchover
  if (!standing) return []
  const usualMs = repositoryOf(given)?.newest[wish.type]?.ms ?? null
  const aheadMs = standing.at.getTime() - now.getTime()
  if (aheadMs > (usualMs ?? unknownMs)) return []
  const lasts =
    usualMs === null
      ? 'How long this backup takes is not known yet'
      : `The last backup of this type took ${formatDuration(usualMs)}`
  return [
    `A switchover is scheduled for ${formatInstant(standing.at)}. ${lasts}; if the lead moves while it runs, it fails and has to be started again.`,
  ]
}

function otherBackups({ snapshot, node }: BackupPlanning): string[] {
  const running = [...new Set([snapshot.leader?.name, node])].filter(
    (name) => snapshot.members.find((member) => member.name === name)?.postgres?.backupRunning,
  )
  return running.map(
    (name) =>
      `A backup is running from ${name} already. If it is pgBackRest's, it holds the lock and this one is refused.`,
  )
}

function repositoryOf({ agent, wish }: BackupPlanning) {
  return agent?.repositories?.find(({ repository }) => repository === wish.repository)
}
