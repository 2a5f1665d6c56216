'use client'

import { useMemo, type ReactNode } from 'react'
import { newestPoint } from '#components/charts/chart-line.ts'
import type { ChartMark } from '#components/charts/place-marks.ts'
import { TimeChart } from '#components/charts/time-chart.tsx'
import type { RangeWindow } from '#components/range/range-window.ts'
import { paths } from '#components/paths.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Card } from '#components/ui/card.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { metrics } from '#domain/samples/metrics.ts'
import { seriesText } from '#domain/samples/series-text.ts'
import { chartLines, timeOf } from './chart-lines.ts'
import type { MemberChoice } from './chosen-members.ts'
import type { HistoryChart, HistorySection } from './history-sections.ts'
import { useSeries } from './use-series.ts'
import { wantedSeries } from './wanted-series.ts'

export interface HistorySectionProps {
  cluster: string
  section: HistorySection
  /** Those that are asked for in one question with it; null = it was not in sight yet. */
  question: readonly HistorySection[] | null
  isVisible: boolean
  refreshMs: number | false
  window: RangeWindow
  members: readonly MemberChoice[]
  marks: readonly ChartMark[]
  linkOf: (marks: readonly ChartMark[]) => string
  onPart: (from: Date, to: Date) => void
  onZoom: (direction: 'in' | 'out', around: Date | null) => void
}

/** The charts of what belongs together. */
export function HistorySectionCard(props: HistorySectionProps) {
  const { cluster, section, question, isVisible, window, refreshMs, members, marks } = props
  const names = useMemo(() => members.map(({ name }) => name), [members])
  const asked = useMemo(() => wantedSeries(question ?? [], names), [question, names])
  const answer = useSeries({ cluster, window, series: asked, isWanted: isVisible, refreshMs })
  const { data } = answer
  const drawn = useMemo(() => {
    if (!data) return null
    return section.charts.map((chart) => ({ chart, lines: chartLines(chart, data, members) }))
  }, [data, section, members])
  const time = useMemo(() => (data ? timeOf(data) : null), [data])
  const isEmpty = drawn?.every(({ lines }) => newestPoint(lines) === null) ?? false
  return (
    <div data-section={section.id} id={section.id} className="min-w-0 scroll-mt-14">
      <Card title={section.title} aside={isEmpty ? null : <TableLink {...{ cluster, section, window, names }} />}>
        <QueryProblem query={answer} />
        {isEmpty ? (
          <p className="max-w-prose py-4 text-muted">Nothing of it was seen in this time. {section.empty}</p>
        ) : null}
        {isEmpty || (answer.error && !data) ? null : (
          <div aria-busy={answer.isPlaceholderData || undefined} className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
            {drawn && time
              ? drawn.map(({ chart, lines }) => (
                  <TimeChart
                    key={`${chart.kind} ${chart.metric}`}
                    title={chart.title}
                    unit={unitOf(chart)}
                    lines={lines}
                    time={time}
                    marks={marks}
                    linkOf={props.linkOf}
                    atLeast={chart.atLeast ?? 0}
                    onPart={props.onPart}
                    onZoom={props.onZoom}
                  />
                ))
              : section.charts.map((chart) => (
                  <Skeleton key={`${chart.kind} ${chart.metric}`} className="h-50" isStill={!isVisible} />
                ))}
          </div>
        )}
      </Card>
    </div>
  )
}

interface TableLinkProps {
  cluster: string
  section: HistorySection
  window: RangeWindow
  names: readonly string[]
}

/** The same values as a file. */
function TableLink({ cluster, section, window, names }: TableLinkProps): ReactNode {
  const { from, to, points } = window
  const asked = { from: from.toISOString(), to: to.toISOString(), points }
  const href = paths.historyTable(cluster, asked, wantedSeries([section], names).map(seriesText))
  return (
    <a
      href={href}
      download
      aria-label={`${section.title} as CSV`}
      className="inline-flex min-h-6 min-w-6 items-center justify-center rounded-sm text-faint hover:text-text print-hidden"
    >
      CSV
    </a>
  )
}

function unitOf(chart: HistoryChart) {
  const known = metrics[chart.kind].find(({ name }) => name === chart.metric)
  return known?.unit ?? 'count'
}
