'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { pointAt, type ChartLine, type ChartTime, type Unit } from './chart-line.ts'
import { useChartCursor } from './chart-cursor.tsx'
import { drawMarks } from './draw-marks.ts'
import { followCursor } from './follow-cursor.ts'
import type { PlacedMark } from './place-marks.ts'
import { readColours, watchColours } from './plot-colours.ts'
import { highest, plotData, spreads } from './plot-data.ts'
import { plotOptions, type PlotNow } from './plot-options.ts'
import { valueTicks } from './value-ticks.ts'

export interface TimePlotProps {
  lines: readonly ChartLine[]
  time: ChartTime
  unit: Unit
  /** The axis goes at least so far. */
  atLeast: number
  hasBands: boolean
  marks: readonly PlacedMark[]
  zone: string
  width: number
  height: number
  /** A part was marked by dragging. */
  onPart: (from: Date, to: Date) => void
  onDoubleClick: () => void
}

/** The canvas of a chart. It is made anew only where its lines are others; everything else is drawn over. */
export function TimePlot(props: TimePlotProps) {
  const { lines, time, unit, atLeast, hasBands, marks, zone, width, height } = props
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const cursor = useChartCursor()
  const spread = hasBands ? spreads(lines) : lines.map(() => false)
  const shape = lines.map(({ name, colour }, index) => `${name} ${colour} ${spread[index]}`).join('\n')
  const latest = useRef({ now: null as PlotNow | null, marks, time })

  const take = useEffectEvent(() => {
    const element = place.current
    if (!element) return
    const colours = latest.current.now?.colours ?? readColours(element)
    const ticks = valueTicks(Math.max(highest(lines, spread), atLeast), unit)
    const from = time.from.getTime()
    const to = pointAt(time, time.points).getTime()
    latest.current = { now: { lines, from, to, ticks, unit, zone, colours }, marks, time }
  })
  const select = useEffectEvent((made: uPlot) => {
    const { left, width: selected } = made.select
    made.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    if (selected >= leastDragPx) {
      props.onPart(new Date(made.posToVal(left, 'x')), new Date(made.posToVal(left + selected, 'x')))
    }
  })
  const doubleClick = useEffectEvent(() => props.onDoubleClick())
  const data = useEffectEvent(() => plotData(time, lines, spread))
  const size = useEffectEvent(() => ({ width, height }))

  // The canvas is the outside system.
  useEffect(() => {
    const element = place.current
    if (!element) return
    latest.current.now = null
    take()
    const now = () => {
      if (!latest.current.now) throw new Error('Nothing is there to be drawn yet.')
      return latest.current.now
    }
    const made = new uPlot(
      plotOptions({
        ...size(),
        spread: shape.split('\n').map((line) => line.endsWith('true')),
        now,
        hooks: {
          drawAxes: [(drawn) => drawMarks(drawn, latest.current.marks, now().colours)],
          setSelect: [(drawn) => select(drawn)],
        },
        onDoubleClick: () => doubleClick(),
      }),
      data(),
      element,
    )
    plot.current = made
    const unfollow = followCursor(made, cursor, () => latest.current.time)
    const unwatch = watchColours(now().colours.font, (theme) => {
      now().colours = readColours(element, theme)
      made.redraw(false, false)
    })
    return () => {
      unwatch()
      unfollow()
      made.destroy()
      plot.current = null
    }
  }, [shape, cursor])

  useEffect(() => {
    const made = plot.current
    if (!made) return
    take()
    made.setData(data(), true)
  }, [lines, time, unit, atLeast, marks, zone])

  useEffect(() => {
    plot.current?.setSize({ width, height })
  }, [width, height])

  return <div ref={place} aria-hidden="true" style={{ height }} className={look} />
}

const leastDragPx = 4

/** uPlot brings its own style sheet, made for white pages; on paper the canvas is as wide as the paper. */
const look = [
  'overflow-hidden [&_.u-select]:bg-info/20! [&_.u-cursor-x]:border-faint!',
  'print:h-auto! print:[&_.uplot]:w-full! print:[&_.u-wrap]:h-auto! print:[&_.u-wrap]:w-full! print:[&_canvas]:h-auto!',
].join(' ')
