'use client'

import dynamic from 'next/dynamic'
import { useId, useMemo, useState } from 'react'
import { useZone } from '#components/time/zone.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useWidth } from '#components/ui/use-width.ts'
import { ChartLegend } from './chart-legend.tsx'
import { newestPoint, pointAt, type ChartLine, type ChartTime, type Unit } from './chart-line.ts'
import { ChartTable } from './chart-table.tsx'
import { CursorClock } from './cursor-clock.tsx'
import { CursorSlider } from './cursor-slider.tsx'
import { MarkHeads } from './mark-heads.tsx'
import { placeMarks, type ChartMark } from './place-marks.ts'
import { axisWidth, rightRoom } from './plot-room.ts'

/** Heavy, and drawn by the width that it has: it comes once there is something to draw. */
const TimePlot = dynamic(() => import('./time-plot.tsx').then((module) => module.TimePlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})

export interface TimeChartProps {
  title: string
  unit: Unit
  lines: readonly ChartLine[]
  time: ChartTime
  marks: readonly ChartMark[]
  /** Where a mark, or several that stand close, lead to. */
  linkOf: (marks: readonly ChartMark[]) => string
  /** The axis goes at least so far: 1 for a part of a whole. */
  atLeast?: number
  /** Shows a part of the time alone. */
  onPart: (from: Date, to: Date) => void
  /** Half or twice as much time, around a moment. */
  onZoom: (direction: 'in' | 'out', around: Date | null) => void
}

/** One thing against time, a line for each who has it. The cursor is that of all charts of the page. */
export function TimeChart({ title, unit, lines, time, marks, linkOf, atLeast = 0, onPart, onZoom }: TimeChartProps) {
  const zone = useZone()
  const tableId = useId()
  const { ref, width } = useWidth<HTMLDivElement>(520)
  const [isTable, setIsTable] = useState(false)
  const span = { from: time.from, to: pointAt(time, time.points) }
  const placed = useMemo(() => {
    const inside = Math.max(1, width - axisWidth - rightRoom)
    const until = pointAt(time, time.points)
    return placeMarks(marks, { from: time.from, to: until }, markRoom / inside)
  }, [marks, time, width])
  const isEmpty = newestPoint(lines) === null
  return (
    <figure className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1">
      <figcaption className="flex items-baseline justify-between gap-3">
        <h3 className="min-w-0 truncate font-medium">{title}</h3>
        <CursorClock time={time} zone={zone} />
        {isEmpty ? null : (
          <button
            type="button"
            aria-expanded={isTable}
            aria-controls={tableId}
            aria-label={`Table of ${title}`}
            onClick={() => setIsTable(!isTable)}
            className="ml-auto rounded-sm text-sm text-faint hover:text-text print-hidden phone:-my-3 phone:py-3"
          >
            Table
          </button>
        )}
      </figcaption>
      <ChartLegend lines={lines} time={time} unit={unit} />
      <div ref={ref} className="relative min-w-0" style={{ height }}>
        {isEmpty ? (
          <p className="grid h-full place-items-center border-b border-line text-sm text-faint">
            Nothing was seen of it in this time.
          </p>
        ) : (
          <>
            <CursorSlider title={title} lines={lines} time={time} unit={unit} zone={zone} marks={marks} onZoom={onZoom}>
              <TimePlot
                lines={lines}
                time={time}
                unit={unit}
                atLeast={atLeast}
                hasBands={time.stepMs >= bandFromMs}
                marks={placed}
                zone={zone}
                width={width}
                height={height}
                onPart={onPart}
                onDoubleClick={() => onZoom('out', null)}
              />
            </CursorSlider>
            <MarkHeads placed={placed} span={span} zone={zone} linkOf={linkOf} />
          </>
        )}
      </div>
      <div id={tableId}>
        {isTable ? <ChartTable title={title} lines={lines} time={time} unit={unit} zone={zone} /> : null}
      </div>
    </figure>
  )
}

const height = 152
/** Marks closer than this are one, px. */
const markRoom = 7
/** Points that stand for less hold one look or two: their spread says nothing. */
const bandFromMs = 60_000
