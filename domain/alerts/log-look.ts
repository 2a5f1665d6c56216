import type { Incident } from './alert.ts'
import { storySpan } from './incident-timeline.ts'

/** Whether the logs are to be read for an incident by now, and whether that is the last time; null = not now. */
export function logLookDue(
  { openedAt, closedAt, lookedAt }: Pick<Incident, 'openedAt' | 'closedAt'> & { lookedAt: Date | null },
  now: Date,
): { isLast: boolean } | null {
  const nowMs = now.getTime()
  const lookedMs = lookedAt?.getTime() ?? Number.NEGATIVE_INFINITY
  if (closedAt !== null) {
    const endMs = storySpan({ openedAt, closedAt }, now).to.getTime()
    if (nowMs >= endMs) return { isLast: true }
    const soonMs = closedAt.getTime() + firstMs
    return nowMs >= soonMs && lookedMs < soonMs ? { isLast: false } : null
  }
  const ageMs = nowMs - openedAt.getTime()
  if (ageMs < firstMs) return null
  const everyMs = paces.find(({ untilMs }) => ageMs < untilMs)?.everyMs ?? seldomMs
  return nowMs - lookedMs >= everyMs ? { isLast: false } : null
}

/** What is written about what happened is written within some seconds. */
const firstMs = 10_000
const minuteMs = 60_000
const paces = [
  // Until then the lead has moved, or it is known not to.
  { untilMs: minuteMs, everyMs: 20_000 },
  { untilMs: 10 * minuteMs, everyMs: minuteMs },
  { untilMs: 6 * 60 * minuteMs, everyMs: 5 * minuteMs },
]
const seldomMs = 30 * minuteMs

/**
 * The window to read of a log for an incident: from where it was read to, with the minute before it, since the same line within a minute is
 * counted, and writers at the same time put lines down a little out of order.
 */
export function logWindowOf(
  incident: Pick<Incident, 'openedAt' | 'closedAt'>,
  readTo: Date | null,
  now: Date,
): { from: Date; to: Date } {
  const { from, to } = storySpan(incident, now)
  const fromMs = Math.max(from.getTime(), (readTo?.getTime() ?? 0) - minuteMs)
  // The node's clock may be ahead.
  const toMs = incident.closedAt === null ? to.getTime() + minuteMs : to.getTime()
  return { from: new Date(Math.floor(fromMs / minuteMs) * minuteMs), to: new Date(toMs) }
}
