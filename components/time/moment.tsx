'use client'

import { cx } from 'class-variance-authority'
import { useNow } from './clock-provider.tsx'
import { formatBoth, formatClock, formatDay, formatShort } from './moment-format.ts'
import { useZone } from './zone.ts'

interface MomentProps {
  at: Date
  /** short: as short as it stays clear; clock: `09:58:12`; full: day and clock. */
  shape?: 'short' | 'clock' | 'full'
  className?: string
}

/** A moment in the viewer's zone; UTC on hover. */
export function Moment({ at, shape = 'short', className }: MomentProps) {
  const now = useNow()
  const zone = useZone()
  return (
    <time dateTime={at.toISOString()} data-tip={formatBoth(at, zone)} className={cx('whitespace-nowrap', className)}>
      {shape === 'short' ? formatShort(at, now, zone) : null}
      {shape === 'clock' ? formatClock(at, zone) : null}
      {shape === 'full' ? `${formatDay(at, zone)}, ${formatClock(at, zone)}` : null}
    </time>
  )
}
