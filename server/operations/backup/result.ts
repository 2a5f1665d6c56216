import { type Backup, backupTypeWord } from '#domain/backup/backup.ts'
import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import { formatBytes, formatDuration } from '#domain/format.ts'
import type { BackupResult } from '#domain/operation/operation.ts'
import type { Facts } from '../define.ts'

/** The result of a backup, as pgBackRest lists what it made; sizes in bytes. */
export function resultOf(listed: Backup, repository: number): BackupResult {
  const { label, type, startedAt, stoppedAt, sizeBytes, deltaBytes } = listed
  return { label, type, repository, sizeBytes, deltaBytes, startedAt, stoppedAt }
}

/** The verified outcome in one sentence. */
export function succeededSentence({ backup }: Facts, plan: Pick<BackupPlan, 'type' | 'clusterName'>): string {
  if (!backup) return `A ${backupTypeWord(plan.type)} backup of ${plan.clusterName} was taken.`
  const { label, type, deltaBytes, startedAt, stoppedAt } = backup
  const copied = deltaBytes === null ? '' : `, with ${formatBytes(deltaBytes)} copied`
  const lasted = formatDuration(stoppedAt.getTime() - startedAt.getTime())
  return `The ${backupTypeWord(type)} backup ${label} of ${plan.clusterName} stands: taken in ${lasted}${copied}.`
}

/** What may go on at the node when a step broke off; null while nothing was asked of it. */
export function sentSoFar({ sends = 0, backup }: Facts, { node }: Pick<BackupPlan, 'node'>): string | null {
  if (backup) return `The backup ${backup.label} was listed by then.`
  if (sends === 0) return null
  return `The backup may be running on ${node}, or have ended there: see what pgbackrest info lists before you ask again.`
}
