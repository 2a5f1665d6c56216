import { formatClock, formatDay, formatRange } from '#components/time/moment-format.ts'
import { formatInstant } from '#domain/format.ts'
import { newestPoint, pointAt, type ChartLine, type ChartTime, type Unit } from './chart-line.ts'
import { tellValue, tellValueOr } from './value-words.ts'

/** A chart in a sentence, for those who do not see it. */
export function chartSummary(
  title: string,
  lines: readonly ChartLine[],
  time: ChartTime,
  unit: Unit,
  zone: string,
): string {
  const when = formatRange(time.from, pointAt(time, time.points), zone)
  return `${title}, ${when}: ${lines.map((line) => `${nameOf(line)}${told(line, unit)}`).join('; ') || 'no line'}.`
}

/** What stands at one point, as it is read out while the cursor moves. */
export function pointWords(
  lines: readonly ChartLine[],
  time: ChartTime,
  index: number,
  unit: Unit,
  zone: string,
): string {
  const values = lines.map((line) => `${nameOf(line)}${tellValueOr(line.avg[index], unit)}`)
  return [pointClock(time, index, zone), ...values].join(', ')
}

/** When a point is, as short as its width allows: the day alone where it stands for days. */
export function pointClock(time: ChartTime, index: number, zone: string): string {
  const at = pointAt(time, index)
  if (time.stepMs >= dayMs) return formatDay(at, zone)
  const clock = formatClock(at, zone, time.stepMs < minuteMs)
  return time.points * time.stepMs > dayMs ? `${formatDay(at, zone)}, ${clock}` : clock
}

/** The same in UTC. */
export function pointInstant(time: ChartTime, index: number): string {
  return formatInstant(pointAt(time, index))
}

function nameOf({ name }: ChartLine): string {
  return name === '' ? '' : `${name} `
}

function told({ avg, min, max }: ChartLine, unit: Unit): string {
  const newest = newestPoint([{ avg }])
  const lows = min.filter((value) => value !== null)
  const highs = max.filter((value) => value !== null)
  if (newest === null || lows.length === 0 || highs.length === 0) return 'has no value'
  const least = lows.reduce((a, b) => Math.min(a, b))
  const most = highs.reduce((a, b) => Math.max(a, b))
  const range = least === most ? 'always ' : `${tellValue(least, unit)} to ${tellValue(most, unit)}, the newest `
  return `${range}${tellValueOr(avg[newest], unit)}`
}

const minuteMs = 60_000
const dayMs = 86_400_000
