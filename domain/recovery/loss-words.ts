import { formatBytes, formatDuration, formatInstant } from '#domain/format.ts'
import { lostSentence } from './lost-words.ts'
import type { RestoreLoss, RestorePlan } from '#domain/plan/restore-plan.ts'

/** How much WAL is given up, e.g. `at most 34 MB`; null where that is not known. */
export function walLost({ walBytes, walAtMostBytes }: RestoreLoss): string | null {
  if (walBytes !== null) return formatBytes(walBytes)
  return walAtMostBytes == null ? null : `at most ${formatBytes(walAtMostBytes)}`
}

/** What else of it is known or not: between which moments it was committed, and where it stays. */
export function lossExplained({ loss, targetWords }: Pick<RestorePlan, 'loss' | 'targetWords'>): string {
  const unknown = walLost(loss) === null ? ' How much WAL that is cannot be told beforehand.' : ''
  return `All that was committed from ${targetWords} to ${formatInstant(loss.toAt)}.${unknown} It stays in the archive on its old timeline.`
}

/** What a recovery gives up, in sentences. */
export function lossSentence(plan: Pick<RestorePlan, 'loss' | 'target' | 'targetWords'>): string {
  const { loss, target } = plan
  if (target.type === 'default') return `${nothingLost} ${notReached}`
  const wal = walLost(loss)
  const time = loss.fromAt === null ? null : formatDuration(loss.toAt.getTime() - loss.fromAt.getTime())
  const amount = time === null ? 'Everything written after it is given up' : `${time} of writes are given up`
  const commits =
    loss.commits === undefined ? '' : ` ${[lostSentence(loss.commits), ...loss.commits.problems].join(' ')}`
  return `${amount}${wal === null ? '' : `, ${wal} of WAL`}.${commits} ${lossExplained(plan)}`
}

/** Said of a recovery to the end of the archive. */
export const nothingLost = 'Nothing that is archived is given up.'

/** What is given up even then. */
export const notReached = 'What has not reached the archive by then is not recovered.'
