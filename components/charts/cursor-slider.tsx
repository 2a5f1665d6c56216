'use client'

import { useState, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react'
import { useChartCursor } from './chart-cursor.tsx'
import { newestPoint, pointAt, pointOf, type ChartLine, type ChartTime, type Unit } from './chart-line.ts'
import { chartSummary, pointWords } from './chart-summary.ts'
import { keyPoint } from './key-point.ts'
import type { ChartMark } from './place-marks.ts'

interface CursorSliderProps {
  title: string
  lines: readonly ChartLine[]
  time: ChartTime
  unit: Unit
  zone: string
  marks: readonly ChartMark[]
  onZoom: (direction: 'in' | 'out', around: Date | null) => void
  children: ReactNode
}

/** Moves the cursor by keys, and says what stands where it goes. */
export function CursorSlider({ title, lines, time, unit, zone, marks, onZoom, children }: CursorSliderProps) {
  const cursor = useChartCursor()
  const [isFocused, setIsFocused] = useState(false)
  // Where nobody listens, nothing is worked out.
  const at = useSyncExternalStore(
    cursor.subscribe,
    () => (isFocused ? cursor.read() : null),
    () => null,
  )
  const looked = at === null ? null : pointOf(time, at)
  const point = looked ?? newestPoint(lines) ?? time.points - 1
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+' || event.key === '=') onZoom('in', looked === null ? null : at)
    else if (event.key === '-') onZoom('out', null)
    else {
      const next = keyPoint(event, point, time.points)
      if (next === null) return
      cursor.point(pointAt(time, next))
    }
    event.preventDefault()
  }
  const here = marks.filter((mark) => pointOf(time, mark.at) === point)
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={chartSummary(title, lines, time, unit, zone)}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={time.points - 1}
      aria-valuenow={point}
      aria-valuetext={[pointWords(lines, time, point, unit, zone), ...here.map(({ sentence }) => sentence)].join('. ')}
      aria-keyshortcuts="ArrowLeft ArrowRight PageUp PageDown Home End + -"
      onKeyDown={press}
      onFocus={() => setIsFocused(true)}
      onBlur={() => {
        setIsFocused(false)
        cursor.point(null)
      }}
      className="h-full cursor-crosshair rounded-sm"
    >
      {children}
    </div>
  )
}
