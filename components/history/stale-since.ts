import type { RangeWindow } from '#components/range/range-window.ts'

/** When the newest sample was taken, where one that is newer should be there by now; null where none is missed. */
export function staleSince(newest: Date | null, { stepMs }: Pick<RangeWindow, 'stepMs'>, now: Date): Date | null {
  if (newest === null) return null
  return now.getTime() - newest.getTime() > Math.max(leastMs, missedSteps * stepMs) ? newest : null
}

const leastMs = 60_000
const missedSteps = 3
