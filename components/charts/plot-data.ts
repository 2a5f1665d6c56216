import type { AlignedData } from 'uplot'
import { hasSpread, type ChartLine, type ChartTime } from './chart-line.ts'

/** The lines as uPlot takes them: moments in ms, then all means, then the highest and lowest of those that have a spread. */
export function plotData(time: ChartTime, lines: readonly ChartLine[], spread: readonly boolean[]): AlignedData {
  const moments = new Float64Array(time.points)
  // A point stands in the middle of what it stands for.
  for (let index = 0; index < time.points; index++) {
    moments[index] = time.from.getTime() + (index + 0.5) * time.stepMs
  }
  const edges = lines.flatMap(({ max, min }, index) => (spread[index] ? [unread(max), unread(min)] : []))
  return [moments, ...lines.map(({ avg }) => unread(avg)), ...edges]
}

/** uPlot only reads them. */
function unread(values: readonly (number | null)[]): (number | null)[] {
  return values as (number | null)[]
}

/** Which lines are drawn with a band from their lowest to their highest. */
export function spreads(lines: readonly ChartLine[]): boolean[] {
  return lines.map(hasSpread)
}

/** The highest value there is to draw: the top of a band where the line has one. */
export function highest(lines: readonly ChartLine[], spread: readonly boolean[]): number {
  return lines.reduce((most, { max, avg }, index) => Math.max(most, greatest(spread[index] ? max : avg)), 0)
}

function greatest(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => (value !== null && value > most ? value : most), 0)
}
