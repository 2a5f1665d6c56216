import type { Ancestor, TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/** True where a moment of a timeline is not in what the cluster went on with: another branch, or the part after a recovery went back. */
export function isMomentLeftBehind(history: TimelineHistory | null, timeline: number, at: Date): boolean {
  return isLeft(history, timeline, ({ leftAt }) => leftAt === null || at >= leftAt)
}

/** The same of a WAL position. */
export function isLsnLeftBehind(history: TimelineHistory | null, timeline: number, lsn: number): boolean {
  return isLeft(history, timeline, ({ endLsn }) => lsn >= endLsn)
}

/** The same of the end of a timeline: only the current one's is not. */
export function isEndLeftBehind(history: TimelineHistory | null, timeline: number): boolean {
  return isLeft(history, timeline, () => true)
}

/** The same of a whole timeline, where what is sought may lie on the part that went on. */
export function isTimelineLeftBehind(history: TimelineHistory | null, timeline: number): boolean {
  return isLeft(history, timeline, () => false)
}

function isLeft(history: TimelineHistory | null, timeline: number, isPast: (ancestor: Ancestor) => boolean): boolean {
  if (history === null || history.timeline === timeline) return false
  const ancestor = history.ancestors.find((each) => each.timeline === timeline)
  return ancestor === undefined || isPast(ancestor)
}
