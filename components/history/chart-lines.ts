import type { ChartLine, ChartTime } from '#components/charts/chart-line.ts'
import type { SeriesAnswer } from '#domain/samples/series.ts'
import type { MemberChoice } from './chosen-members.ts'
import type { HistoryChart } from './history-sections.ts'

/** The points that all series of an answer share. */
export function timeOf({ from, stepSeconds, series }: SeriesAnswer): ChartTime {
  return { from, stepMs: stepSeconds * 1000, points: series[0]?.avg.length ?? 0 }
}

/** The lines of a chart out of an answer: one for each member that is shown, or the cluster's one. */
export function chartLines(chart: HistoryChart, answer: SeriesAnswer, members: readonly MemberChoice[]): ChartLine[] {
  const find = (member: string | null, metric: string) =>
    answer.series.find(({ name }) => name.kind === chart.kind && name.member === member && name.metric === metric)
  if (chart.kind === 'cluster') {
    const found = find(null, chart.metric)
    return found ? [{ ...valuesOf(found), name: '', colour: null, led: null, isLeader: false }] : []
  }
  return members.flatMap(({ name, colour, isLeader }) => {
    const found = find(name, chart.metric)
    if (!found) return []
    const led = find(name, 'isLeader')?.avg.map((share) => share !== null && share >= 0.5) ?? null
    return [{ ...valuesOf(found), name, colour, led, isLeader }]
  })
}

function valuesOf({ avg, min, max }: SeriesAnswer['series'][number]) {
  return { avg, min, max }
}

/** Whether nothing at all was seen in the time of an answer. */
export function isEmptyAnswer({ series }: SeriesAnswer): boolean {
  return series.every(({ avg }) => avg.every((value) => value === null))
}

/** When the newest value of an answer ends; null where it has none. */
export function newestIn(answer: SeriesAnswer): Date | null {
  const newest = answer.series.reduce(
    (most, { avg }) =>
      Math.max(
        most,
        avg.findLastIndex((value) => value !== null),
      ),
    -1,
  )
  return newest < 0 ? null : new Date(answer.from.getTime() + (newest + 1) * answer.stepSeconds * 1000)
}

/** When the oldest value of an answer begins; null where it has none. */
export function oldestIn(answer: SeriesAnswer): Date | null {
  const firsts = answer.series.map(({ avg }) => avg.findIndex((value) => value !== null)).filter((index) => index >= 0)
  if (firsts.length === 0) return null
  return new Date(answer.from.getTime() + Math.min(...firsts) * answer.stepSeconds * 1000)
}
