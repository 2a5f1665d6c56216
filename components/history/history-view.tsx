'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { ChartCursors } from '#components/charts/chart-cursor.tsx'
import type { ChartMark } from '#components/charts/place-marks.ts'
import { RangeBar } from '#components/range/range-bar.tsx'
import { rangeBetween, zoomIn, zoomOut } from '#components/range/time-range.ts'
import { useRangeRefresh, useRangeWindow, useTimeRange } from '#components/range/use-time-range.ts'
import { useClock } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { pushQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import { memberChoices } from './chosen-members.ts'
import { HistoryHead } from './history-head.tsx'
import { linkOfMarks } from './history-marks.ts'
import { HistorySectionCard } from './history-section-card.tsx'
import { historySections } from './history-sections.ts'
import { HistorySkeleton } from './history-skeleton.tsx'
import { MarkChips } from './mark-chips.tsx'
import { MarksList } from './marks-list.tsx'
import { MemberChips } from './member-chips.tsx'
import { shownMarks } from './shown-marks.ts'
import { useHistoryMarks } from './use-history-marks.ts'
import { useOnScreen } from './use-on-screen.ts'
import { questionsOf } from './wanted-series.ts'

/** What was sampled of a cluster: one range of time over all charts, and what happened marked over them. */
export function HistoryView({ cluster }: { cluster: string }) {
  const found = useQuery(useTRPC().clusters.get.queryOptions({ name: cluster }))
  const clock = useClock()
  const [range, setRange] = useTimeRange()
  const window = useRangeWindow(range)
  const refreshMs = useRangeRefresh(range)
  const [asked] = useQueryParam('members')
  const snapshot = found.data?.snapshot ?? null
  const names = snapshot?.members.map(({ name }) => name).join('\n') ?? ''
  const leader = snapshot?.leader?.name ?? null
  const choices = useMemo(() => memberChoices(names.split('\n').filter(Boolean), leader, asked), [names, leader, asked])
  const members = useMemo(() => choices.filter(({ isChosen }) => isChosen), [choices])
  const { ref, visible, groups } = useOnScreen<HTMLDivElement, string>(sectionIds, found.data !== undefined)
  const questions = useMemo(() => {
    const shown = members.map(({ name }) => name)
    return groups.flatMap((group) =>
      questionsOf(
        historySections.filter(({ id }) => group.includes(id)),
        shown,
      ),
    )
  }, [groups, members])
  const isFollowing = range.kind === 'last'
  const [askedMarks] = useQueryParam('marks')
  const sorts = useMemo(() => shownMarks(askedMarks), [askedMarks])
  const { marks, hasMore } = useHistoryMarks({ cluster, window, isFollowing, sorts })
  const inWindow = useMemo(() => marks.filter(({ at }) => at >= window.from && at < window.to), [marks, window])

  const linkOf = useCallback((several: readonly ChartMark[]) => linkOfMarks(cluster, several), [cluster])
  const showPart = (from: Date, to: Date) => setRange(rangeBetween(from, to, clock.read()))
  const zoom = (direction: 'in' | 'out', around: Date | null) =>
    setRange(direction === 'out' ? zoomOut(range, clock.read()) : zoomIn(range, clock.read(), around ?? undefined))

  if (found.error && !found.data) return <QueryProblem query={found} />
  if (!found.data) return <HistorySkeleton />
  return (
    <div ref={ref} className="grid gap-6">
      <HistoryHead
        cluster={cluster}
        range={range}
        onRange={setRange}
        window={window}
        question={questions[0] ?? null}
        members={members}
      />
      <div className="z-20 -my-2 bg-page py-2 md:sticky md:top-0 print-hidden">
        <RangeBar range={range} onRange={setRange} />
      </div>
      <div className="grid gap-2">
        <div className="flex flex-wrap gap-x-4 gap-y-1.5">
          <MemberChips choices={choices} onChoose={(chosen) => pushQueryParams({ members: chosen })} />
          <MarkChips shown={sorts} onChoose={(marks) => pushQueryParams({ marks })} />
        </div>
        <MarksList marks={inWindow} hasMore={hasMore} />
        <nav aria-label="Sections" className="flex flex-wrap gap-x-4 text-sm print-hidden phone:hidden">
          {historySections.map(({ id, title }) => (
            <a key={id} href={`#${id}`} className="rounded-sm text-muted hover:text-text">
              {title}
            </a>
          ))}
        </nav>
      </div>
      <ChartCursors>
        {historySections.map((section) => (
          <HistorySectionCard
            key={section.id}
            cluster={cluster}
            section={section}
            question={questions.find((question) => question.includes(section)) ?? null}
            isVisible={visible.has(section.id)}
            window={window}
            refreshMs={refreshMs}
            members={members}
            marks={inWindow}
            linkOf={linkOf}
            onPart={showPart}
            onZoom={zoom}
          />
        ))}
      </ChartCursors>
    </div>
  )
}

const sectionIds = historySections.map(({ id }) => id)
