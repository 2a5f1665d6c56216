import type uPlot from 'uplot'
import type { ChartCursor } from './chart-cursor.tsx'
import { pointAt, type ChartTime } from './chart-line.ts'

/** Has a plot tell where the pointer is over it, and show the moment that is looked at in any other; returns how to stop. */
export function followCursor(plot: uPlot, cursor: ChartCursor, time: () => ChartTime): () => void {
  let isOver = false
  const signal = new AbortController()
  plot.over.addEventListener('mouseenter', () => (isOver = true), { signal: signal.signal })
  plot.over.addEventListener(
    'mouseleave',
    () => {
      isOver = false
      cursor.point(null, plot)
    },
    { signal: signal.signal },
  )
  const told = () => {
    const { idx } = plot.cursor
    if (isOver && idx != null) cursor.point(pointAt(time(), idx), plot)
  }
  plot.hooks.setCursor = [...(plot.hooks.setCursor ?? []), told]
  const unsubscribe = cursor.subscribe((by) => {
    // Its own pointer has put it there already.
    if (by === plot) return
    const at = cursor.read()
    if (at === null) return plot.setCursor(away, false)
    plot.setCursor({ left: plot.valToPos(at.getTime() + time().stepMs / 2, 'x'), top: 0 }, false)
  })
  return () => {
    signal.abort()
    unsubscribe()
  }
}

const away = { left: -10, top: -10 }
