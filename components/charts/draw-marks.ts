import type uPlot from 'uplot'
import type { PlacedMark } from './place-marks.ts'
import type { PlotColours } from './plot-colours.ts'

/** Draws the marks as fine lines behind the values. */
export function drawMarks(plot: uPlot, marks: readonly PlacedMark[], colours: PlotColours) {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio || 1
  ctx.save()
  ctx.lineWidth = ratio
  for (const { place, weight } of marks) {
    const x = Math.round(bbox.left + place * bbox.width) + 0.5
    ctx.beginPath()
    ctx.setLineDash(weight === 'act' ? [3 * ratio, 2 * ratio] : [])
    ctx.globalAlpha = weight === 'info' ? 0.55 : 0.8
    ctx.strokeStyle = colours.marks[weight]
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}
