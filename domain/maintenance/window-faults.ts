import { formatInstant } from '#domain/format.ts'

/** A window may last so long from its beginning, or from the moment it is extended. */
export const longestWindowMs = 7 * 86_400_000

/** A beginning this little ago is taken for now. */
const startSlackMs = 60_000

/** What stands in the way of a new window; null = nothing. A window never begins in the past: what was an outage stays one. */
export function windowFault(
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
  now: Date,
): { field: 'startsAt' | 'endsAt'; sentence: string } | null {
  if (startsAt.getTime() < now.getTime() - startSlackMs)
    return { field: 'startsAt', sentence: 'The window would begin in the past. Let it begin now or later.' }
  return endFault(startsAt, endsAt, now)
}

/** What stands in the way of another end for a window; null = nothing. */
export function extendFault(
  { startsAt, endsAt: before }: { startsAt: Date; endsAt: Date },
  endsAt: Date,
  now: Date,
): { field: 'endsAt'; sentence: string } | null {
  if (endsAt <= before)
    return { field: 'endsAt', sentence: `It ends at ${formatInstant(before)} as it is. Choose a later end, or end it.` }
  return endFault(startsAt > now ? startsAt : now, endsAt, now)
}

function endFault(from: Date, endsAt: Date, now: Date): { field: 'endsAt'; sentence: string } | null {
  if (endsAt <= now || endsAt <= from)
    return { field: 'endsAt', sentence: 'The end must be ahead, and after the beginning.' }
  return endsAt.getTime() - from.getTime() > longestWindowMs
    ? { field: 'endsAt', sentence: 'A window lasts 7 days at most. It can be extended when it is about to end.' }
    : null
}
