import { cx } from 'class-variance-authority'
import { Td } from '#components/ui/table.tsx'
import { formatAge } from '#domain/format.ts'
import type { Lag } from '#domain/snapshot/patroni.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import { isLagHigh, lagText, lagTip } from './member-look.ts'

interface LagCellProps {
  lag: Lag | null
  at: Date | null
  now: Date
  allowedBytes: number | null
  keep?: 'always' | 'desktop'
}

/** A lag with its age as soon as it is not of this moment. */
export function LagCell({ lag, at, now, allowedBytes, keep = 'always' }: LagCellProps) {
  const text = lagText(lag)
  if (text === null) {
    return (
      <Td align="right" keep={keep} className="text-faint">
        –
      </Td>
    )
  }
  const isOld = isStale(at, now)
  const isHigh = !isOld && isLagHigh(lag, allowedBytes)
  return (
    <Td align="right" keep={keep} className={cx('whitespace-nowrap', isOld && 'text-muted', isHigh && 'text-warn')}>
      <span data-tip={lagTip(lag)}>{text}</span>
      {isOld && at ? <span className="block text-xs text-faint">{formatAge(at, now)} ago</span> : null}
    </Td>
  )
}
