import type uPlot from 'uplot'
import { leadSpans, type ChartLine } from './chart-line.ts'
import type { PlotColours } from './plot-colours.ts'

/** A line's own colour, and gold for as long as it led. */
export function plotStroke(plot: uPlot, line: ChartLine, colours: PlotColours): string | CanvasGradient {
  const own = ownColour(line, colours)
  if (line.led === null || !line.led.includes(true)) return own
  if (!line.led.includes(false)) return colours.lead
  const { left, width } = plot.bbox
  // Not laid out yet.
  if (!(width > 0)) return own
  const gradient = plot.ctx.createLinearGradient(left, 0, left + width, 0)
  for (const [place, colour] of leadStops(line.led, own, colours.lead)) gradient.addColorStop(place, colour)
  return gradient
}

/** The colour at one point, for the dot of the cursor. */
export function pointColour(line: ChartLine, index: number | null, colours: PlotColours): string {
  return index !== null && line.led?.[index] ? colours.lead : ownColour(line, colours)
}

/** Where the colour changes, 0 to 1: each change is two stops at one place, so that nothing fades. */
export function leadStops(led: readonly boolean[], own: string, lead: string): [number, string][] {
  const stops: [number, string][] = [[0, led[0] ? lead : own]]
  for (const { first, last } of leadSpans(led)) {
    const [from, to] = [first / led.length, (last + 1) / led.length]
    if (first > 0) stops.push([from, own], [from, lead])
    if (last + 1 < led.length) stops.push([to, lead], [to, own])
  }
  return stops
}

function ownColour({ colour }: ChartLine, colours: PlotColours): string {
  return (colour === null ? undefined : colours.lines[colour % colours.lines.length]) ?? colours.text
}
