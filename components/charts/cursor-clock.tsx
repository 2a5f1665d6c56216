'use client'

import { useCursorAt } from './chart-cursor.tsx'
import { pointOf, type ChartTime } from './chart-line.ts'
import { pointClock, pointInstant } from './chart-summary.ts'

/** The moment that is looked at, on the viewer's clock and in UTC; the cursor says it to those who listen. */
export function CursorClock({ time, zone }: { time: ChartTime; zone: string }) {
  const at = useCursorAt()
  const point = at === null ? null : pointOf(time, at)
  if (point === null) return null
  return (
    <span aria-hidden="true" className="min-w-0 flex-1 truncate text-right text-sm text-muted">
      {zone === 'UTC' ? null : pointClock(time, point, zone)}
      <span className={zone === 'UTC' ? '' : 'phone:hidden'}>
        {zone === 'UTC' ? '' : ' · '}
        {pointInstant(time, point)}
      </span>
    </span>
  )
}
