'use client'

import { cx } from 'class-variance-authority'
import { formatAge } from '#domain/format.ts'
import type { FleetRow } from '#domain/view.ts'
import { fleetColumns, Row } from './fleet-row.tsx'
import { useVisibleRange } from './use-visible-range.ts'

/** As many rows as the window shows, however many there are. */
export function FleetList({ rows, now }: { rows: readonly FleetRow[]; now: Date }) {
  const { ref, range } = useVisibleRange<HTMLDivElement>(rows.length, rowHeights)
  const first = Math.min(range.first, rows.length)
  const shown = rows.slice(first, range.last)
  const below = rows.length - first - shown.length
  return (
    <div>
      <div aria-hidden="true" className={cx('grid gap-x-4 px-2 pb-1.5 text-sm text-faint max-md:hidden', fleetColumns)}>
        <span>Verdict</span>
        <span>Cluster</span>
        <span />
        <span className="max-xl:hidden">Leader</span>
        <span>Members</span>
        <span className="text-right max-xl:hidden">Worst lag</span>
        <span className="text-right">Seen</span>
      </div>
      <div ref={ref}>
        {/* The rows that are not drawn take their space as a block. */}
        {first > 0 ? <div style={{ height: first * range.rowPx }} /> : null}
        <ul aria-label="Clusters">
          {shown.map((row, index) => (
            <Row
              key={row.clusterId}
              row={row}
              age={row.seenAt ? formatAge(row.seenAt, now) : 'never'}
              place={first + index + 1}
              total={rows.length}
            />
          ))}
        </ul>
        {below > 0 && range.rowPx > 0 ? <div style={{ height: below * range.rowPx }} /> : null}
      </div>
    </div>
  )
}

const rowHeights = { desk: 40, phone: 84 }
