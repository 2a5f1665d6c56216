import type uPlot from 'uplot'
import type { Options, Series } from 'uplot'
import { formatClock, formatDate } from '#components/time/moment-format.ts'
import { isInDays, timeTicks } from '#components/time/time-ticks.ts'
import { lonePoints, type ChartLine, type Unit } from './chart-line.ts'
import { lineLook } from './line-look.ts'
import type { PlotColours } from './plot-colours.ts'
import { axisWidth, rightRoom, topRoom } from './plot-room.ts'
import { plotStroke, pointColour } from './plot-stroke.ts'
import { tellValue } from './value-words.ts'

/** What is drawn now; the plot reads it anew each time it draws. */
export interface PlotNow {
  lines: readonly ChartLine[]
  /** ms */
  from: number
  to: number
  /** Values that the axis names, the last of them its end. */
  ticks: readonly number[]
  unit: Unit
  zone: string
  colours: PlotColours
}

interface Shape {
  width: number
  height: number
  spread: readonly boolean[]
  now: () => PlotNow
  hooks: Options['hooks']
  onDoubleClick: () => void
}

/** How uPlot is told to draw: all that changes is asked of `now`. */
export function plotOptions({ width, height, spread, now, hooks, onDoubleClick }: Shape): Options {
  const lines = now().lines
  const edges = lines.flatMap((_, index) => (spread[index] ? [edge, edge] : []))
  let next = lines.length + 1
  const bands = lines.flatMap((_, index) => {
    if (!spread[index]) return []
    const series: [number, number] = [next, next + 1]
    next += 2
    return [{ series, fill: () => faded(pointColour({ ...lineAt(now(), index), led: null }, null, now().colours)) }]
  })
  return {
    width,
    height,
    ms: 1,
    pxAlign: 0,
    padding: [topRoom, rightRoom, 0, 0],
    legend: { show: false },
    ...(hooks ? { hooks } : {}),
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 4 },
      points: {
        size: 6,
        width: 0,
        stroke: 'transparent',
        fill: (plot, place) => cursorColour(plot, place, now()),
      },
      bind: {
        dblclick: () => () => {
          onDoubleClick()
          return null
        },
      },
    },
    scales: {
      x: { time: true, range: () => [now().from, now().to] },
      y: { range: () => [0, now().ticks.at(-1) ?? 1] },
    },
    axes: [xAxis(now), yAxis(now)],
    series: [{}, ...lines.map((_, index) => series(index, now)), ...edges],
    bands,
  }
}

/** The top or bottom of a band: not a line of its own. */
const edge: Series = { width: 0, points: { show: false } }

function series(index: number, now: () => PlotNow): Series {
  const { dash } = lineLook(lineAt(now(), index).colour)
  return {
    width: 1.5,
    dash,
    stroke: (plot: uPlot) => plotStroke(plot, lineAt(now(), index), now().colours),
    points: { show: false, filter: () => lonePoints(lineAt(now(), index).avg), size: 4, width: 0 },
  }
}

function lineAt({ lines }: PlotNow, index: number): ChartLine {
  const line = lines[index]
  if (!line) throw new Error('The plot was made for fewer lines.')
  return line
}

function cursorColour(plot: uPlot, seriesIndex: number, now: PlotNow): string {
  const line = now.lines[seriesIndex - 1]
  return line ? pointColour(line, plot.cursor.idx ?? null, now.colours) : 'transparent'
}

function xAxis(now: () => PlotNow): uPlot.Axis {
  const most = (plot: uPlot) => Math.max(2, Math.floor((plot.width - axisWidth) / timeRoom))
  return {
    ...axisLook(now),
    size: 22,
    space: timeRoom,
    splits: (plot) => timeTicks(now().from, now().to, now().zone, most(plot)),
    values: (plot, splits) => splits.map((ms) => nameTime(ms, isInDays(now().from, now().to, most(plot)), now().zone)),
    grid: { show: false },
    ticks: { show: true, size: 3, width: 1, stroke: () => now().colours.lineStrong },
    border: { show: true, width: 1, stroke: () => now().colours.lineStrong },
  }
}

function yAxis(now: () => PlotNow): uPlot.Axis {
  return {
    ...axisLook(now),
    size: axisWidth,
    splits: () => [...now().ticks],
    values: (_, splits) => splits.map((value) => nameValue(value, now().unit)),
    grid: { stroke: () => now().colours.line, width: 1 },
    ticks: { show: false },
  }
}

function axisLook(now: () => PlotNow) {
  return { font: `11px ${now().colours.font}`, gap: 5, stroke: () => now().colours.faint }
}

function nameTime(ms: number, isDay: boolean, zone: string): string {
  return isDay ? formatDate(new Date(ms), zone) : formatClock(new Date(ms), zone, false)
}

function nameValue(value: number, unit: Unit): string {
  return unit === 'boolean' && value > 1 ? '' : tellValue(value, unit)
}

/** As wide as a time with air around it, px. */
const timeRoom = 76

/** The colours of lines are written with two digits for each part; two more say how much shows through. */
function faded(colour: string): string {
  return `${colour}29`
}
