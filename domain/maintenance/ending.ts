import { formatDuration } from '#domain/format.ts'
import { endOf, overWords, type MaintenanceWindow } from './window.ts'

const longestNoticeMs = 15 * 60_000

/** From when its owner is told that a window is about to end: a quarter of an hour before, of a short one its last quarter. */
export function noticeAt({ startsAt, endsAt }: Pick<MaintenanceWindow, 'startsAt' | 'endsAt'>): Date {
  const lengthMs = endsAt.getTime() - startsAt.getTime()
  return new Date(endsAt.getTime() - Math.min(longestNoticeMs, lengthMs / 4))
}

export function startedSentence(window: MaintenanceWindow): string {
  const { owner, reason, endsAt, startsAt, forbids } = window
  const own = forbids === 'acts-of-others' ? ' Switchovers and recoveries are for the owner alone.' : ''
  return `Maintenance by ${owner.name} has begun on ${overWords(window)} for ${formatDuration(endsAt.getTime() - startsAt.getTime())}: "${reason}". Nobody is told of alerts meanwhile.${own}`
}

export function endingSentence(window: MaintenanceWindow, now: Date): string {
  const left = formatDuration(endOf(window).getTime() - now.getTime())
  return `${window.owner.name}: your maintenance on ${overWords(window)} ends in ${left}. Then alerts that still fire are told. Extend it if the work goes on.`
}

export function endedSentence(window: MaintenanceWindow): string {
  const early = window.endedBy === null ? '' : `, by ${window.endedBy}`
  return `Maintenance by ${window.owner.name} on ${overWords(window)} has ended${early}. Alerts that still fire are told now.`
}
