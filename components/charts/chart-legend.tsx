'use client'

import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { useCursorAt } from './chart-cursor.tsx'
import { newestPoint, pointOf, type ChartLine, type ChartTime, type Unit } from './chart-line.ts'
import { pointClock, pointInstant } from './chart-summary.ts'
import { LineSwatch } from './line-swatch.tsx'
import { tellValue } from './value-words.ts'

interface ChartLegendProps {
  lines: readonly ChartLine[]
  time: ChartTime
  unit: Unit
  zone: string
}

/** Who has which line, and its value: the newest, or that of the moment that is looked at, which is then told. */
export function ChartLegend({ lines, time, unit, zone }: ChartLegendProps) {
  const at = useCursorAt()
  const looked = at === null ? null : pointOf(time, at)
  const shown = looked ?? newestPoint(lines)
  return (
    <div className="flex min-h-5 flex-wrap items-baseline justify-between gap-x-4 text-sm">
      <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-0.5">
        {lines.map((line) => (
          <li key={line.name} className="flex min-w-0 items-center gap-1.5">
            {line.colour === null ? null : <LineSwatch place={line.colour} led={line.led} />}
            {line.name === '' ? null : <span className="truncate text-muted">{line.name}</span>}
            {line.isLeader ? <LeaderRing className="size-3" /> : null}
            {line.isLeader ? <span className="sr-only">leads</span> : null}
            <span className="font-mono whitespace-nowrap">{valueAt(line, shown, unit)}</span>
          </li>
        ))}
      </ul>
      {looked === null ? null : (
        <p aria-hidden="true" className="whitespace-nowrap text-muted">
          {zone === 'UTC' ? null : `${pointClock(time, looked, zone)} · `}
          {pointInstant(time, looked)}
        </p>
      )}
    </div>
  )
}

function valueAt({ avg }: ChartLine, point: number | null, unit: Unit): string {
  const value = point === null ? null : avg[point]
  return value == null ? '–' : tellValue(value, unit)
}
