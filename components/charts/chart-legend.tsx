'use client'

import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { useCursorAt } from './chart-cursor.tsx'
import { newestPoint, pointOf, type ChartLine, type ChartTime, type Unit } from './chart-line.ts'
import { LineSwatch } from './line-swatch.tsx'
import { tellValue } from './value-words.ts'

interface ChartLegendProps {
  lines: readonly ChartLine[]
  time: ChartTime
  unit: Unit
}

/** Who has which line, and its value: the newest, or that of the moment that is looked at. */
export function ChartLegend({ lines, time, unit }: ChartLegendProps) {
  const at = useCursorAt()
  const shown = (at === null ? null : pointOf(time, at)) ?? newestPoint(lines)
  return (
    <ul className="flex min-h-5 min-w-0 flex-wrap gap-x-4 gap-y-0.5 text-sm">
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
  )
}

function valueAt({ avg }: ChartLine, point: number | null, unit: Unit): string {
  const value = point === null ? null : avg[point]
  return value == null ? '–' : tellValue(value, unit)
}
